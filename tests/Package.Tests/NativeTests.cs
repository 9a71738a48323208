using System.Diagnostics;

namespace Weir.Package.Tests;

/// <summary>
/// The sample, built with the package, as one native binary: no reflection and no code made at run time, so it must do exactly what the
/// managed one does.
/// </summary>
public sealed class NativeTests(PackedFeed feed) : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("weir-native-");

    [Fact]
    public void The_sample_published_as_a_native_binary_gives_the_same_output_and_resumes()
    {
        using var sample = new NativeSample(feed, "FlightDelays", "Weir", "../data/flights.csv");
        var native = sample.Program;
        var managed = Path.Combine(Readme.Root(), "artifacts", "bin", "FlightDelays", "release", "FlightDelays.dll");
        Run(native, [], "native");
        Run("dotnet", [managed], "managed");
        Assert.NotEmpty(Rows("native"));
        Assert.Equal(Rows("managed"), Rows("native"));

        Run(native, [], "native");
        Assert.Equal(Rows("managed"), Rows("native"));
    }

    public void Dispose() => _place.Delete(recursive: true);

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
