namespace Weir.Runtime.State.Tables;

/// <summary>One operator in one subtask of one attempt, as a state backend knows it.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Attempt">Which start of the job it is.</param>
/// <param name="Chain">The chain's position in the plan.</param>
/// <param name="Subtask">The subtask's index in the chain.</param>
/// <param name="Operator">The operator's id.</param>
/// <param name="KeyGroupCount">The number of key groups of the job.</param>
/// <param name="Owned">The key groups that the subtask owns.</param>
/// <param name="Warn">Tells the user of what does not stop the job; only the subtask's thread calls it.</param>
internal sealed record StateOwner(
    string Job, long Attempt, int Chain, int Subtask, string Operator, int KeyGroupCount, KeyGroupRange Owned, Action<string> Warn);
