using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Subtasks;

/// <summary>What a subtask is put together from.</summary>
/// <param name="Id">Its name within the job.</param>
/// <param name="ChainName">The chain's name, for messages.</param>
/// <param name="HasSource">Whether its head is a source.</param>
/// <param name="Head">Where its records come from.</param>
/// <param name="Outputs">Where they leave for other subtasks.</param>
/// <param name="Operators">Its stateful operators, in order of the chain.</param>
/// <param name="Counters">What it counts.</param>
/// <param name="Flow">Who of its operators was stopped in the middle.</param>
/// <param name="Clock">The processing time that its operators wait for.</param>
internal sealed record SubtaskParts(
    SubtaskId Id,
    string ChainName,
    bool HasSource,
    IHead Head,
    IReadOnlyList<IOutput> Outputs,
    IReadOnlyList<IStatefulOperator> Operators,
    SubtaskCounters Counters,
    Flow Flow,
    ProcessingClock Clock);
