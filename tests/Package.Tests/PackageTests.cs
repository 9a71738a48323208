using System.IO.Compression;

namespace Weir.Package.Tests;

/// <summary>What a stranger gets from the registry: packed here, restored from a folder, built and run as the README says.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    [Fact]
    public void The_package_carries_the_runtime_the_compiler_parts_and_the_props()
    {
        using var package = ZipFile.OpenRead(feed.PackageOf("Weir"));
        var entries = package.Entries.Select(entry => entry.FullName).ToHashSet();

        string[] expected =
        [
            "lib/net10.0/Weir.dll",
            "lib/net10.0/Weir.xml",
            "lib/net10.0/Weir.Runtime.dll",
            "lib/net10.0/Weir.Runtime.xml",
            "analyzers/dotnet/cs/Weir.Generators.dll",
            "analyzers/dotnet/cs/Weir.Analyzers.dll",
            "analyzers/dotnet/cs/Weir.CodeFixes.dll",
            "build/Weir.props",
            "buildTransitive/Weir.props",
            "build/Weir.targets",
            "buildTransitive/Weir.targets",
            "README.md",
        ];
        Assert.Empty(expected.Except(entries));
    }

    [Fact]
    public void The_test_kit_depends_on_the_package_and_carries_none_of_it()
    {
        using var package = ZipFile.OpenRead(feed.PackageOf("Weir.Testing"));
        using var nuspec = new StreamReader(package.Entries.Single(entry => entry.Name == "Weir.Testing.nuspec").Open());

        Assert.Contains("<dependency id=\"Weir\" ", nuspec.ReadToEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(package.Entries, entry => entry.Name is "Weir.dll" or "Weir.Runtime.dll");
    }

    [Theory]
    [InlineData("Weir.Rx", "System.Reactive")]
    [InlineData("Weir.Hosting", "Microsoft.Extensions.Hosting")]
    [InlineData("Weir.Postgres", "Npgsql")]
    [InlineData("Weir.MySql", "MySqlConnector")]
    [InlineData("Weir.RocksDb", "RocksDB")]
    public void A_connector_depends_on_Weir_and_on_what_it_connects_and_carries_itself_alone(string id, string other)
    {
        using var package = ZipFile.OpenRead(feed.PackageOf(id));
        using var reader = new StreamReader(package.Entries.Single(entry => entry.Name == $"{id}.nuspec").Open());
        var nuspec = reader.ReadToEnd();

        Assert.Contains("<dependency id=\"Weir\" ", nuspec, StringComparison.Ordinal);
        Assert.Contains($"<dependency id=\"{other}\" ", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("Weir.Dsl", nuspec, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", nuspec, StringComparison.Ordinal);
        Assert.Equal(
            [$"{id}.dll", $"{id}.xml"],
            package.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)).Select(entry => entry.Name)
                .Order());
    }

    [Fact]
    public void The_quick_start_of_the_README_builds_without_a_warning_and_runs_and_resumes()
    {
        using var project = new FreshProject(feed, Readme.QuickStart());

        var build = project.Dotnet("build", "-c", "Release", "-warnaserror", "-p:EmitCompilerGeneratedFiles=true");
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains(
            Directory.EnumerateFiles(project.Path, "*.g.cs", SearchOption.AllDirectories).Select(File.ReadAllText),
            text => text.Contains("InterceptsLocation", StringComparison.Ordinal));

        var run = project.Dotnet("run", "-c", "Release", "--no-build");
        Assert.True(run.ExitCode == 0, run.Output);
        var first = project.OutputRows();
        Assert.NotEmpty(first);

        // Started again with the same directories it has nothing left to do, and writes nothing twice.
        var again = project.Dotnet("run", "-c", "Release", "--no-build");
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Equal(first, project.OutputRows());
    }

    [Fact]
    public void The_compiler_server_compiles_a_project_again_after_an_edit()
    {
        using var project = new FreshProject(feed, Readme.QuickStart());
        for (var edit = 0; edit < 3; edit++)
        {
            project.Write("Program.cs", $"{Readme.QuickStart()}\n// {edit}\n");
            var build = project.Dotnet("build", "-c", "Release", "-warnaserror", "-p:UseSharedCompilation=true");
            Assert.True(build.ExitCode == 0, build.Output);
        }
    }

    [Fact]
    public void A_change_of_what_is_stored_is_an_error_until_it_is_accepted()
    {
        const string Program = """
            using Weir;

            Console.WriteLine("never run");

            public sealed record Reading(string Sensor, DateTime Time, double Value);

            public struct Total { public long Count; }

            public sealed class Totals : IAggregate<Reading, Total, long>
            {
                public Total Create() => default;
                public void Add(ref Total total, in Reading reading) => total.Count++;
                public void Merge(ref Total total, in Total other) => total.Count += other.Count;
                public long Result(in Total total) => (long)total.Count;
            }

            public static class Readings
            {
                [Pipeline]
                public static void Define(Job job) => job.From(Csv.Read<Reading>("in.csv")).WithEventTime(r => r.Time, TimeSpan.Zero)
                    .KeyBy(r => r.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(new Totals(), (key, _, count) => new Result(key, count))
                    .To(Files.JsonLines<Result>("out"));
            }

            public sealed record Result(string Sensor, long Count);
            """;
        using var project = new FreshProject(feed, Program);
        var baseline = Path.Combine(project.Path, "weir.state.json");

        var accepted = project.Dotnet("build", "-t:WeirAcceptState", "-restore");
        Assert.True(accepted.ExitCode == 0 && File.Exists(baseline), accepted.Output);
        var first = File.ReadAllText(baseline);
        Assert.Contains("\"accumulator\": \"record Total\"", first, StringComparison.Ordinal);

        project.Write("Program.cs", Program.Replace("public long Count;", "public double Count;", StringComparison.Ordinal));
        var refused = project.Dotnet("build");
        Assert.Contains("error WEIR2001: The state of 'Aggregate-1' has changed: 'accumulator.Count' was long and is double", refused.Output,
            StringComparison.Ordinal);

        accepted = project.Dotnet("build", "-t:WeirAcceptState");
        Assert.True(accepted.ExitCode == 0, accepted.Output);
        Assert.Equal(first.Replace("\"Count\": \"long\"", "\"Count\": \"double\"", StringComparison.Ordinal), File.ReadAllText(baseline));
        var build = project.Dotnet("build");
        Assert.True(build.ExitCode == 0, build.Output);
    }
}
