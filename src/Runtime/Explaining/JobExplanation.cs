using System.Collections.Immutable;

namespace Weir;

/// <summary>How a job would run: plain data, made without starting anything.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Parallelism">The subtasks of operators that do not say.</param>
/// <param name="KeyGroups">The key groups of its state, if it starts without a checkpoint; 0 if there is no plan.</param>
/// <param name="Operators">The operators, in order of the pipeline.</param>
/// <param name="Chains">The chains: what runs in one subtask without a hop; empty if there is no plan.</param>
/// <param name="Exchanges">How records travel between chains.</param>
/// <param name="Sinks">What each sink shows after failures, and why.</param>
/// <param name="Problem">Why the job cannot run, in the words of <c>RunAsync</c>; null if it can.</param>
public sealed record JobExplanation(
    string Job,
    int Parallelism,
    int KeyGroups,
    ImmutableArray<ExplainedOperator> Operators,
    ImmutableArray<ExplainedChain> Chains,
    ImmutableArray<ExplainedExchange> Exchanges,
    ImmutableArray<ExplainedSink> Sinks,
    string? Problem)
{
    /// <summary>The explanation as text: a paragraph a chain, a line or more an operator.</summary>
    /// <returns>Several lines, separated by <c>\n</c>.</returns>
    public override string ToString() => ExplanationText.Of(this);

    /// <summary>The explanation as a flowchart in the language of Mermaid, which GitHub and many editors draw.</summary>
    /// <returns>Several lines, separated by <c>\n</c>.</returns>
    public string ToMermaid() => ExplanationChart.Of(this);
}
