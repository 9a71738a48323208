namespace Weir.Package.Tests;

/// <summary>A build by the SDK in another folder writes the same bytes.</summary>
public sealed class ReproducibleBuildTests(PackedFeed feed)
{
    [Fact]
    public void Two_folders_with_mapped_paths_give_the_same_assembly_and_the_same_symbols()
    {
        using var first = new FreshProject(feed, Readme.QuickStart());
        using var second = new FreshProject(feed, Readme.QuickStart());
        foreach (var project in (FreshProject[])[first, second])
        {
            var build = project.Dotnet("build", "-c", "Release", "-warnaserror", $"-p:PathMap={project.Path}=/_/");
            Assert.True(build.ExitCode == 0, build.Output);
        }

        Assert.NotEqual(first.Path, second.Path);
        foreach (var file in (string[])["Fresh.dll", "Fresh.pdb"])
        {
            Assert.Equal(Built(first, file), Built(second, file));
        }
    }

    private static byte[] Built(FreshProject project, string file) =>
        File.ReadAllBytes(Path.Combine(project.Path, "bin", "Release", "net10.0", file));
}
