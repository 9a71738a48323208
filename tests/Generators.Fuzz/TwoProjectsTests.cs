using System.Runtime.Loader;

namespace Weir.Generators.Fuzz;

/// <summary>Two projects with pipelines, of which one sees the internals of the other.</summary>
public sealed class TwoProjectsTests
{
    [Fact]
    public void H35_Projects_with_equal_names_build_without_a_warning_and_run_compiled_in_one_process()
    {
        const string Friend = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Above\")]";
        var (below, complaints) = FuzzCompilation.Library("Below", Text("Below", Friend));
        Assert.Equal("", complaints);
        var (above, others) = FuzzCompilation.Library("Above", Text("Above", ""), below);
        Assert.Equal("", others);

        var context = new AssemblyLoadContext(null);
        foreach (var image in new[] { below, above })
        {
            using var stream = new MemoryStream(image);
            var assembly = context.LoadFromStream(stream);
            var answer = (string)assembly.GetType($"{assembly.GetName().Name}.Pipelines")!.GetMethod("Check")!.Invoke(null, [])!;
            Assert.Equal("1: 2\n2: 1", answer);
        }
    }

    private static string Text(string space, string attribute) => $$"""
        {{attribute}}
        namespace {{space}}
        {
            using Weir;
            using Weir.Generators.Fuzz;

            internal sealed record Order(int Key, long Time);

            public static class Pipelines
            {
                [Pipeline]
                internal static void Define(Job job, ISource<Order> source, ISink<string> sink) => job.From(source)
                    .WithEventTime(o => o.Time, TimeSpan.Zero).KeyBy(o => o.Key).Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
                    .Aggregate(g => $"{g.Key}: {g.Count(o => Mine(o.Key) > 0)}").To(sink);

                private static int Mine(int key) => key;

                public static string Check() => Harness.Run<Order>(Define, [new(1, 1), new(2, 2), new(1, 3)], interpreted: false);
            }
        }
        """;
}
