using System.Reflection;
using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Native;

/// <summary>
/// Finds librdkafka. The package <c>librdkafka.redist</c> brings one build for each system, and two more for Linux: one for musl (Alpine)
/// and one without SASL by Kerberos, which needs no further library. They are tried in turn.
/// </summary>
internal static class NativeLibraries
{
    public const string Name = "librdkafka";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        var failures = new List<string>();
        foreach (var candidate in Candidates())
        {
            try
            {
                return NativeLibrary.Load(candidate, assembly, path);
            }
            catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
            {
                failures.Add($"'{candidate}': {failure.Message.ReplaceLineEndings(" ")}");
            }
        }

        throw new DllNotFoundException(
            $"librdkafka cannot be loaded on {RuntimeInformation.RuntimeIdentifier}. Tried {string.Join("; ", failures)}. The package "
                + "librdkafka.redist has builds for Linux (x64, arm64, s390x; glibc and musl), macOS and Windows (x64, x86): publish for "
                + "one of these runtimes, or install librdkafka 2.2 or newer with the system's package manager.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [Name];
        }

        // A build for the other libc may load and crash later: the right one is tried first, and the system's own last.
        var isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || File.Exists("/etc/alpine-release");
        return isMusl
            ? ["alpine-librdkafka", "librdkafka.so.1"]
            : [Name, "centos8-librdkafka", "librdkafka.so.1"];
    }
}
