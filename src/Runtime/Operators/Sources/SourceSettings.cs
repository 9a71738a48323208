namespace Weir.Runtime.Operators.Sources;

/// <summary>What the source operator of one subtask is told.</summary>
/// <param name="Job">The job's name, for messages.</param>
/// <param name="Id">The operator's id.</param>
/// <param name="Time">The clock.</param>
/// <param name="RecordsPerSecond">The most records a second that this subtask reads; 0 for no limit.</param>
/// <param name="Warn">What is told of what the user should know.</param>
internal sealed record SourceSettings(string Job, string Id, TimeProvider Time, double RecordsPerSecond, Action<string> Warn);
