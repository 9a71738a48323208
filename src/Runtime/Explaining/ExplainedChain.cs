using System.Collections.Immutable;

namespace Weir;

/// <summary>A chain: operators that run in one subtask, one behind the other.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Parallelism">The number of its subtasks.</param>
/// <param name="Operators">Their ids.</param>
public sealed record ExplainedChain(int Index, int Parallelism, ImmutableArray<string> Operators);
