using Weir.Package.Tests;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace Weir.Package.Tests;

/// <summary>The packages of this checkout in a folder of their own, packed once for all tests.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-feed-");

    public PackedFeed()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (exitCode, output) = Dotnet.Run(Readme.Root(), cache, "pack", "Packages.slnf", "-c", "Release", "-o", Path);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>Gets the folder.</summary>
    public string Path => _directory.FullName;

    /// <summary>
    /// Gets the folder into which the projects restore packages. It is this run's alone: the machine's may hold an older build of the same
    /// version. All projects share it, so that the compiler server loads the compiler parts once.
    /// </summary>
    public string Packages => System.IO.Path.Combine(Path, "packages");

    /// <summary>The file of a package.</summary>
    public string PackageOf(string id) =>
        Assert.Single(Directory.EnumerateFiles(Path, $"{id}.*.nupkg"), file =>
            char.IsDigit(System.IO.Path.GetFileName(file)[id.Length + 1]));

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
