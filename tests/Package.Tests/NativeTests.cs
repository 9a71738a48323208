using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Weir.Package.Tests;

/// <summary>
/// The sample as one native binary: no reflection and no code made at run time, so it must do exactly what the managed one does.
/// </summary>
public sealed class NativeTests : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("weir-native-");

    [Fact]
    public void The_sample_published_as_a_native_binary_gives_the_same_output_and_resumes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && HasLinker(), "Native binaries are linked by clang or gcc, and none is installed.");
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var runtime = RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64";

        // Built in a place of its own: a restore for one platform would disturb the other projects.
        var (exitCode, output) = Dotnet.Run(
            Readme.Root(), cache, "publish", "samples/FlightDelays", "-c", "Release", "-r", runtime, "-p:Native=true",
            $"-p:ArtifactsPath={At("artifacts")}", "-o", At("app"));
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning IL", output, StringComparison.Ordinal);

        var native = At(Path.Combine("app", "FlightDelays"));
        var managed = Path.Combine(Readme.Root(), "artifacts", "bin", "FlightDelays", "release", "FlightDelays.dll");
        Run(native, [], "native");
        Run("dotnet", [managed], "managed");
        Assert.NotEmpty(Rows("native"));
        Assert.Equal(Rows("managed"), Rows("native"));

        Run(native, [], "native");
        Assert.Equal(Rows("managed"), Rows("native"));
    }

    public void Dispose() => _place.Delete(recursive: true);

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private string At(string name) => Path.Combine(_place.FullName, name);

    private IReadOnlyList<string> Rows(string name) =>
    [
        .. Directory.EnumerateFiles(At(name), "part-*.jsonl").SelectMany(File.ReadLines).Order(StringComparer.Ordinal),
    ];

    private void Run(string program, string[] before, string name)
    {
        string[] arguments = [.. before, "--output", At(name), "--checkpoints", At(name + "-checkpoints"), "--rate", "0"];
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
