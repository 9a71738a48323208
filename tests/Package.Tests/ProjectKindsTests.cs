using System.Text.RegularExpressions;

namespace Weir.Package.Tests;

/// <summary>Projects of other shapes than the quick start's: strict ones, and such as have the package by way of another project.</summary>
public sealed partial class ProjectKindsTests(PackedFeed feed)
{
    // Files that pages quote: running.md, metrics.md, write-a-sink.md and write-a-source.md.
    private static readonly string[] Quoted =
        ["Follower.cs", "Watcher.cs", "LineWriter.cs", "Journal.cs", "JournalSource.cs", "TextFiles.cs"];

    [Fact]
    public void Generated_code_gives_no_warning_in_a_project_with_all_analysis()
    {
        using var project = new FreshProject(feed, Readme.QuickStart());
        foreach (var file in Quoted)
        {
            project.Write(file, File.ReadAllText(Path.Combine(Readme.Root(), "tests", "Execution.Tests", "Docs", file)));
        }

        var build = project.Dotnet("build", "-c", "Release", "-p:AnalysisMode=All", "-p:EnforceCodeStyleInBuild=true", "-clp:NoSummary",
            "-p:EmitCompilerGeneratedFiles=true");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.DoesNotMatch(GeneratedFile(), build.Output);
    }

    [Fact]
    public void The_quick_start_builds_with_warnings_as_errors()
    {
        using var project = new FreshProject(feed, Readme.QuickStart());

        var build = project.Dotnet("build", "-c", "Release", "-p:TreatWarningsAsErrors=true", "-p:CheckForOverflowUnderflow=true");

        Assert.True(build.ExitCode == 0, build.Output);
    }

    [Fact]
    public void H33_A_pipeline_in_a_project_that_has_the_package_by_way_of_another_is_compiled()
    {
        using var library = new FreshProject(feed, "namespace Lib; public sealed record Order(int Id);");
        library.Write("Fresh.csproj", File.ReadAllText(Path.Combine(library.Path, "Fresh.csproj"))
            .Replace(
                "<OutputType>Exe</OutputType>",
                "<DefaultItemExcludes>$(DefaultItemExcludes);App/**</DefaultItemExcludes>",
                StringComparison.Ordinal));
        library.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Fresh.csproj" />
              </ItemGroup>
            </Project>
            """);
        library.Write("App/Program.cs", Readme.QuickStart());

        var build = library.Dotnet("build", "App", "-c", "Release", "-warnaserror", "-p:EmitCompilerGeneratedFiles=true");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(library.Path, "App"), "*.g.cs", SearchOption.AllDirectories).Select(File.ReadAllText),
            text => text.Contains("InterceptsLocation", StringComparison.Ordinal));

        var run = library.Dotnet("run", "--project", "App", "-c", "Release", "--no-build");
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [GeneratedRegex(@"\.g\.cs\(.*: (warning|error)")]
    private static partial Regex GeneratedFile();
}
