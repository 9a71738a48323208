namespace Weir;

/// <summary>What the runtime tells the writer of one subtask.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Operator">The sink's id.</param>
/// <param name="Subtask">The subtask's index.</param>
/// <param name="Attempt">Which start of the job this is, from 1: never the same twice, so that names made of it collide with no earlier process's.</param>
/// <param name="RunId">Which life of the job this is: the same in all attempts that continue from one another's checkpoints.</param>
/// <param name="Time">The clock: wall time in production, virtual in tests.</param>
public sealed record SinkContext(string Job, string Operator, int Subtask, long Attempt, RunId RunId, TimeProvider Time);
