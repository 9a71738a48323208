using System.Runtime.CompilerServices;

namespace Weir.Generators.Tests.Infrastructure;

/// <summary>Compares a text with <c>_snapshots/{Class}.{Test}.verified.{extension}</c> beside the test.</summary>
/// <remarks>Run with <c>UPDATE_SNAPSHOTS=1</c> to accept what the code says now; then read the diff.</remarks>
internal static class Snapshot
{
    public static void Match(
        string actual,
        string extension = "cs",
        [CallerFilePath] string file = "",
        [CallerMemberName] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(file)!, "_snapshots");
        var name = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}.{test}");
        var verified = $"{name}.verified.{extension}";
        var received = $"{name}.received.{extension}";

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (expected != actual)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(received, actual);
        }

        Assert.True(expected is not null, $"No snapshot {verified}; run with UPDATE_SNAPSHOTS=1 and commit it.");
        Assert.Equal(expected, actual);
    }
}
