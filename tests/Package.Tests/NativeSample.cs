using System.Text.RegularExpressions;

namespace Weir.Package.Tests;

/// <summary>A sample's sources in a project that has the packages, as a user's would, published as one native binary.</summary>
internal sealed partial class NativeSample : IDisposable
{
    private readonly FreshProject _project;
    private readonly string _name;

    /// <summary>Publishes it.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="name">The folder in <c>samples</c>, and the program.</param>
    /// <param name="package">The package of Weir that it adds.</param>
    /// <param name="files">What lies beside the program, from the sample's folder.</param>
    public NativeSample(PackedFeed feed, string name, string package, params string[] files)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && HasLinker(), "Native binaries are linked by clang or gcc, and none is installed.");
        _name = name;
        _project = new FreshProject(feed, "");
        var sample = Path.Combine(Readme.Root(), "samples", name);
        foreach (var file in Directory.EnumerateFiles(sample, "*.cs"))
        {
            _project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        var versions = File.ReadAllText(Path.Combine(Readme.Root(), "Directory.Packages.props"));
        var others = Reference().Matches(File.ReadAllText(Path.Combine(sample, $"{name}.csproj")))
            .Select(match => match.Groups[1].Value)
            .Select(id => $"""<PackageReference Include="{id}" Version="{VersionOf(id, versions)}" />""");
        var contents = files.Select(file => $"""
            <Content Include="{Path.Combine(sample, file)}" Link="{Path.GetFileName(file)}" CopyToOutputDirectory="PreserveNewest" />
            """);
        _project.Write("Fresh.csproj", File.ReadAllText(Path.Combine(_project.Path, "Fresh.csproj"))
            .Replace(
                "</OutputType>",
                $"</OutputType><AssemblyName>{name}</AssemblyName><PublishAot>true</PublishAot>",
                StringComparison.Ordinal)
            .Replace("Include=\"Weir\"", $"Include=\"{package}\"", StringComparison.Ordinal)
            .Replace("</ItemGroup>", $"{string.Concat(others)}{string.Concat(contents)}</ItemGroup>", StringComparison.Ordinal));
        var (exitCode, output) = _project.Dotnet("publish", "-c", "Release", "-o", Path.Combine(_project.Path, "app"));
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning IL", output, StringComparison.Ordinal);
    }

    /// <summary>Gets the binary.</summary>
    public string Program => Path.Combine(_project.Path, "app", _name);

    /// <inheritdoc/>
    public void Dispose() => _project.Dispose();

    private static string VersionOf(string id, string versions) =>
        Assert.Single(Regex.Matches(versions, $"Include=\"{Regex.Escape(id)}\" Version=\"([^\"]+)\"")).Groups[1].Value;

    [GeneratedRegex("PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference();

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
}
