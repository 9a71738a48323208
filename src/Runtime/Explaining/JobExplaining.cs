using Weir.Runtime.Explaining;

namespace Weir;

/// <summary>Explains jobs.</summary>
public static class JobExplaining
{
    /// <summary>
    /// Says how a job would run: chains, loops, exchanges, windows, state, watermarks, where records may be late, what each sink
    /// guarantees.
    /// </summary>
    /// <remarks>
    /// Starts nothing, opens nothing, reads no checkpoint. Of a job that cannot run it says what <c>RunAsync</c> would, and what there is
    /// to
    /// say of its operators nevertheless. What only the world knows (a missing file) shows when the job runs.
    /// </remarks>
    /// <param name="job">The job, described.</param>
    /// <param name="options">How it would run; null for <c>new JobOptions()</c>.</param>
    /// <returns>The explanation: print it, or call <c>ToMermaid</c>.</returns>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <example><code>Console.WriteLine(job.Explain());</code></example>
    public static JobExplanation Explain(this Job job, JobOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        options ??= new JobOptions();
        options.Check();
        return new Explainer(job, options).Explain();
    }
}
