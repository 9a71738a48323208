using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Weir.Package.Tests;

/// <summary>
/// The sample, built with the package, as one native binary: no reflection and no code made at run time, so it must do exactly what the
/// managed one does.
/// </summary>
public sealed partial class NativeTests(PackedFeed feed) : IDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("weir-native-");

    [Fact]
    public void The_sample_published_as_a_native_binary_gives_the_same_output_and_resumes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && HasLinker(), "Native binaries are linked by clang or gcc, and none is installed.");
        using var project = Sample();
        var (exitCode, output) = project.Dotnet("publish", "-c", "Release", "-o", At("app"));
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

    /// <summary>The sample's sources in a project that has the package, as a user's would.</summary>
    private FreshProject Sample()
    {
        var sample = Path.Combine(Readme.Root(), "samples", "FlightDelays");
        var project = new FreshProject(feed, "");
        foreach (var file in Directory.EnumerateFiles(sample, "*.cs"))
        {
            project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        var versions = File.ReadAllText(Path.Combine(Readme.Root(), "Directory.Packages.props"));
        var others = Reference().Matches(File.ReadAllText(Path.Combine(sample, "FlightDelays.csproj")))
            .Select(match => match.Groups[1].Value)
            .Select(id => $"""<PackageReference Include="{id}" Version="{VersionOf(id, versions)}" />""");
        var flights = Path.Combine(sample, "..", "data", "flights.csv");
        project.Write("Fresh.csproj", File.ReadAllText(Path.Combine(project.Path, "Fresh.csproj"))
            .Replace("</OutputType>", "</OutputType><AssemblyName>FlightDelays</AssemblyName><PublishAot>true</PublishAot>",
                StringComparison.Ordinal)
            .Replace("</ItemGroup>", $"""
                {string.Join("", others)}
                <Content Include="{flights}" Link="flights.csv" CopyToOutputDirectory="PreserveNewest" />
                </ItemGroup>
                """, StringComparison.Ordinal));
        return project;
    }

    private static string VersionOf(string id, string versions) =>
        Assert.Single(Regex.Matches(versions, $"Include=\"{Regex.Escape(id)}\" Version=\"([^\"]+)\"")).Groups[1].Value;

    [GeneratedRegex("PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference();

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
