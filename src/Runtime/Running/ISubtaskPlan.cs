using System.Collections.Immutable;
using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>What an attempt gets its subtasks from: a planned pipeline, or subtasks made by hand.</summary>
internal interface ISubtaskPlan
{
    /// <summary>Gets the sinks whose own transactions decide which checkpoint counts.</summary>
    IReadOnlyList<IDecidingSink> Deciders => [];

    /// <summary>Gets the sources, for those who look at them before the job begins.</summary>
    IReadOnlyList<object> Inputs => [];

    /// <summary>Gets the number of key groups that a job without a checkpoint gets.</summary>
    int DefaultKeyGroupCount { get; }

    /// <summary>Gets the ids of all sources.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>Gets the ids that the user gave: those of all other operators count the stages of their verbs.</summary>
    IReadOnlySet<string> OwnIds => ImmutableHashSet<string>.Empty;

    /// <summary>Builds the subtasks of an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="reports">Where they report to.</param>
    /// <param name="folds">In which form the aggregates of the checkpoint are kept that it begins with.</param>
    IReadOnlyList<ISubtask> Build(JobContext attempt, Mailbox<SubtaskReport> reports, StoredFolds folds);

    /// <summary>Lists the splits of a source, as the items of its state, and says what is doubtful about them.</summary>
    ValueTask<OperatorState> ListSplitsAsync(string source, Action<string> warn, CancellationToken cancellation);

    /// <summary>The run has ended: sources and sinks let go of what they hold over its attempts.</summary>
    /// <param name="failure">Why; null at the end of all sources.</param>
    /// <param name="warn">What is told of what could not be let go.</param>
    ValueTask EndRunAsync(Exception? failure, Action<string> warn);
}
