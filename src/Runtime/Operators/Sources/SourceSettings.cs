using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators.Sources;

/// <summary>What the source operator of one subtask is told.</summary>
/// <param name="Job">The job's name, for messages.</param>
/// <param name="Id">The operator's id.</param>
/// <param name="Time">The clock.</param>
/// <param name="Work">Where splits are looked for.</param>
/// <param name="RecordsPerSecond">The most records a second that this subtask reads; 0 for no limit.</param>
internal sealed record SourceSettings(string Job, string Id, TimeProvider Time, IWorkPool Work, double RecordsPerSecond);
