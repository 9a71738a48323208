using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>What a subtask is put together from.</summary>
/// <param name="Id">Its name within the job.</param>
/// <param name="ChainName">The chain's name, for messages.</param>
/// <param name="HasSource">Whether its head is a source.</param>
/// <param name="Head">Where its records come from.</param>
/// <param name="Outputs">Where they leave for other subtasks.</param>
/// <param name="Operators">Its stateful operators, in order of the chain.</param>
/// <param name="Context">What its operators were built with.</param>
internal sealed record SubtaskParts(
    SubtaskId Id,
    string ChainName,
    bool HasSource,
    IHead Head,
    IReadOnlyList<IOutput> Outputs,
    IReadOnlyList<IStatefulOperator> Operators,
    SubtaskContext Context);
