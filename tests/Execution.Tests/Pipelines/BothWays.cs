using Weir.Graph;

namespace Weir.Execution.Tests.Pipelines;

/// <summary>
/// Runs a pipeline by generated code and by delegates, on one subtask and on three, with batches of several sizes: all must agree.
/// </summary>
internal static class BothWays
{
    /// <summary>What the pipeline makes of the records; the order means nothing between keys and subtasks.</summary>
    public static async Task<List<TOut>> Run<T, TOut>(
        Action<Job, ISource<T>, ISink<TOut>> define, IReadOnlyList<T> records, int compiledStages)
    {
        List<TOut>? expected = null;
        foreach (var (parallelism, capacity, interpreted) in new[] { (1, 1024, true), (1, 1024, false), (1, 3, false), (3, 7, false),
            (3, 64, true) })
        {
            var (actual, compiled) = await Run(define, records, parallelism, capacity, interpreted);
            Assert.True(interpreted || compiled == compiledStages, $"{compiled} stages were compiled, {compiledStages} should be");
            expected ??= actual;
            Assert.Equal(Sorted(expected), Sorted(actual));
        }

        return expected!;
    }

    /// <summary>One run: what came out, and how many stages have a generated loop.</summary>
    public static async Task<(List<TOut> Records, int Compiled)> Run<T, TOut>(
        Action<Job, ISource<T>, ISink<TOut>> define,
        IReadOnlyList<T> records,
        int parallelism,
        int capacity,
        bool interpreted)
    {
        var job = new Job("both-ways");
        var sink = new ListSink<TOut>();
        define(job, new ListSource<T>(records), sink);
        var options = new JobOptions
        {
            Parallelism = parallelism,
            BatchCapacity = capacity,
            Interpreted = interpreted,
            RestartStrategy = RestartStrategy.None,
        };
        await job.RunAsync(options, TestContext.Current.CancellationToken);
        return (sink.Records, CompiledStages(job.Graph));
    }

    /// <summary>The stages that some generated loop covers.</summary>
    private static int CompiledStages(PipelineGraph graph)
    {
        var covered = new HashSet<Stage>();
        foreach (var last in graph.Stages)
        {
            for (var length = 1; length <= graph.Stages.Count; length++)
            {
                var stage = graph.FindSpan(last, length) is null ? null : last;
                for (var i = 0; stage is not null && i < length; i++)
                {
                    covered.Add(stage);
                    stage = stage.Inputs is [var only] ? only.Stage : null;
                }
            }
        }

        return covered.Count;
    }

    private static IEnumerable<string> Sorted<TOut>(IEnumerable<TOut> records) =>
        records.Select(record => $"{record}").Order(StringComparer.Ordinal);
}
