using Weir.Graph;

namespace Weir.Oracle.Tests;

/// <summary>Asks both engines the same question, and Weir in every way that it can be run.</summary>
internal static class Oracle
{
    /// <summary>Compares; says how many rows there were, so that an empty answer convinces nobody.</summary>
    public static async Task Agrees<TOut>(
        Postgres postgres, string sql, int rows, Action<Job, ISource<Flight>, ISink<TOut>> define, ISource<Flight> source)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var expected = Rows.InOrder(await postgres.RowsAsync(sql, cancellation));
        Assert.Equal(rows, expected.Count);
        foreach (var (parallelism, interpreted) in new[] { (1, true), (1, false), (2, true), (2, false) })
        {
            var job = new Job("oracle");
            var sink = new ListSink<TOut>();
            define(job, source, sink);
            var options = new JobOptions
            {
                Parallelism = parallelism,
                Interpreted = interpreted,
                RestartStrategy = RestartStrategy.None,
            };
            var result = await job.RunAsync(options, cancellation);

            var actual = Rows.InOrder(sink.Records.Select(Rows.Of));
            var way = $"{(interpreted ? "interpreted" : "compiled")}, parallelism {parallelism}";
            Assert.True(expected.SequenceEqual(actual), $"{way}: {Rows.Difference(expected, actual)}");
            Assert.True(result.RecordsIn >= 20_000, $"{way}: only {result.RecordsIn} flights were read");
            Assert.True(HasCompiledLoops(job.Graph), "the pipeline has no generated loop: it runs interpreted only");
        }

        TestContext.Current.SendDiagnosticMessage($"{expected.Count} rows agree, digest {Rows.Digest(expected)}");
    }

    private static bool HasCompiledLoops(PipelineGraph graph) => graph.Stages.Any(
        last => Enumerable.Range(1, graph.Stages.Count).Any(length => graph.FindSpan(last, length) is not null));
}
