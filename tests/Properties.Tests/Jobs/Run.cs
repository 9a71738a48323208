namespace Weir.Properties.Tests.Jobs;

/// <summary>How a pipeline is run: what may differ from run to run and must not show in the results.</summary>
/// <param name="Parallelism">Subtasks of each operator.</param>
/// <param name="BatchCapacity">Records in a batch.</param>
/// <param name="Interpreted">Whether generated loops are left out.</param>
public sealed record Run(int Parallelism, int BatchCapacity, bool Interpreted)
{
    /// <summary>Runs, and answers what came out, in order of its text.</summary>
    public List<string> Of(Action<Job, ISink<Outcome>> define)
    {
        var job = new Job("property");
        var sink = new ListSink<Outcome>();
        define(job, sink);
        var options = new JobOptions
        {
            Parallelism = Parallelism,
            BatchCapacity = BatchCapacity,
            Interpreted = Interpreted,
            RestartStrategy = RestartStrategy.None,
        };

        // Else it would compare one way with itself.
        var isInLoops = Interpreted || !$"{job.Explain(options)}".Contains("no generated loop", StringComparison.Ordinal);
        Assert.True(isInLoops, $"A part of the pipeline has no loop:\n{job.Explain(options)}");

        // A property answers at once: FsCheck shrinks what it can call.
        job.RunAsync(options).GetAwaiter().GetResult();
        return Sorted(sink.Records);
    }

    public static List<string> Sorted(IEnumerable<Outcome> outcomes) =>
        [.. outcomes.Select(outcome => $"{outcome}").Order(StringComparer.Ordinal)];
}
