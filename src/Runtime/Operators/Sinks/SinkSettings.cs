using Weir.Runtime.Scheduling;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>What the sink operator of one subtask is told.</summary>
/// <param name="Job">The job's name, for messages.</param>
/// <param name="Id">The operator's id.</param>
/// <param name="Subtask">The subtask's index.</param>
/// <param name="Description">What is written, for messages.</param>
/// <param name="Limit">How long one call of it may take.</param>
/// <param name="Counters">Where records are counted.</param>
internal sealed record SinkSettings(string Job, string Id, int Subtask, string Description, CallLimit Limit, SubtaskCounters Counters);
