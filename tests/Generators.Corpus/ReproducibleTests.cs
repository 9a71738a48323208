using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>A build in another folder writes the same bytes, if the paths are mapped to the same names.</summary>
public sealed class ReproducibleTests
{
    private const string Program = """
        using Weir;
        using Weir.Corpus;

        await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));

        public static class Pipelines
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<string> sink) => job
                .From(source)
                .WithEventTime(n => (long)n, TimeSpan.Zero)
                .Where(n => n > 1)
                .KeyBy(n => n % 2)
                .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                .Aggregate(g => $"{g.Key} {g.Count()}")
                .To(sink);
        }
        """;

    [Fact]
    public void Two_folders_with_mapped_paths_give_the_same_bytes()
    {
        var first = Build("/home/ann/src");
        var second = Build("/build/agent/7/work");

        Assert.Empty(first.Complaints);
        Assert.Equal(first.Images[0].Assembly, second.Images[0].Assembly);
        Assert.Equal(first.Images[0].Symbols, second.Images[0].Symbols);
    }

    [Fact]
    public void Without_a_map_the_debugger_finds_the_file_where_it_is()
    {
        var built = Builder.Build([("/home/ann/src/Program.cs", Program)], new Dictionary<string, string>());

        Assert.Contains(
            built.Compilation.SyntaxTrees,
            static tree => tree.ToString().Contains("\"/home/ann/src/Program.cs\"", StringComparison.Ordinal));
    }

    private static Built Build(string folder) => Builder.Build(
        [($"{folder}/Program.cs", Program)], new Dictionary<string, string> { ["pathmap"] = folder });
}
