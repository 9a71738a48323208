using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>What a subtask is put together from.</summary>
/// <param name="Context">What its operators were built with.</param>
/// <param name="ChainName">The chain's name, for messages.</param>
/// <param name="HasSource">Whether its head is a source.</param>
/// <param name="Head">Where its records come from.</param>
/// <param name="Outputs">Where they leave for other subtasks.</param>
/// <param name="Operators">Its stateful operators, in order of the chain.</param>
/// <param name="Reports">Where it reports to.</param>
internal sealed record SubtaskParts(
    SubtaskContext Context,
    string ChainName,
    bool HasSource,
    IHead Head,
    IReadOnlyList<IOutput> Outputs,
    IReadOnlyList<IStatefulOperator> Operators,
    Mailbox<SubtaskReport> Reports)
{
    /// <summary>Gets its name within the job.</summary>
    public SubtaskId Id => new(Context.Chain, Context.Index);
}
