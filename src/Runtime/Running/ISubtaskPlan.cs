using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>What an attempt gets its subtasks from: a planned pipeline, or subtasks made by hand.</summary>
internal interface ISubtaskPlan
{
    /// <summary>Gets the number of key groups that a job without a checkpoint gets.</summary>
    int DefaultKeyGroupCount { get; }

    /// <summary>Gets the ids of all sources.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>Builds the subtasks of an attempt.</summary>
    IReadOnlyList<ISubtask> Build(SubtaskPlanSettings settings);

    /// <summary>Lists the splits of a source, as the items of its state, and says what is doubtful about them.</summary>
    ValueTask<OperatorState> ListSplitsAsync(string source, Action<string> warn, CancellationToken cancellation);
}

/// <summary>What an attempt knows and its subtasks need.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="RunId">The life of the job that it belongs to.</param>
/// <param name="KeyGroupCount">The number of key groups.</param>
/// <param name="Store">Where they stream their state to.</param>
/// <param name="Reports">Where they report to.</param>
/// <param name="Pool">Where they send what may block.</param>
internal sealed record SubtaskPlanSettings(
    long Attempt, RunId RunId, int KeyGroupCount, ICheckpointStore Store, Mailbox<SubtaskReport> Reports, IWorkPool Pool)
{
    /// <summary>Gets what is told of things that do not stop the job.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
