using System.Collections.Immutable;
using Weir.Graph;

namespace Weir;

/// <summary>An operator of a job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Verb">The verb that made it.</param>
/// <param name="Parallelism">The number of its subtasks.</param>
/// <param name="Chain">The chain that it is part of; null if there is no plan.</param>
/// <param name="Inputs">The streams that it takes in, by name.</param>
/// <param name="Outputs">The streams that it puts out, the main one first.</param>
/// <param name="Loop">How it is run: by a generated loop and with which others, by delegates and why, or by the runtime itself.</param>
/// <param name="Facts">What it says of itself: windows, triggers, state, watermarks.</param>
public sealed record ExplainedOperator(
    string Id,
    string Verb,
    int Parallelism,
    int? Chain,
    ImmutableArray<string> Inputs,
    ImmutableArray<ExplainedStream> Outputs,
    string Loop,
    ImmutableArray<StageFact> Facts);
