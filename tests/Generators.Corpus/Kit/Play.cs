namespace Weir.Corpus;

/// <summary>Runs the jobs of the corpus's programs in the way that the test asks for.</summary>
public static class Play
{
    /// <summary>Runs a job to its end; a failure is part of the result.</summary>
    /// <param name="job">The job.</param>
    /// <returns>When it has ended.</returns>
    public static async Task Run(Job job)
    {
        var performance = Performance.Current;
        try
        {
            await job.RunAsync(performance.Options);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var cause = failure;
            while (cause.InnerException is { } inner)
            {
                cause = inner;
            }

            performance.Fail($"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        }

        performance.Took(job.Graph);
    }

    /// <summary>Runs a pipeline with a job of its own.</summary>
    /// <param name="define">Describes the pipeline.</param>
    /// <returns>When it has ended.</returns>
    public static Task Run(Action<Job> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        var job = new Job("corpus");
        define(job);
        return Run(job);
    }

    /// <summary>Adds a line to what the runs are compared by.</summary>
    /// <param name="line">The line.</param>
    public static void Say(object? line) => Performance.Current.Catch("said", $"{line}");
}
