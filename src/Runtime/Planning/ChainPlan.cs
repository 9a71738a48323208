using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>A chain: operators that run in one subtask, one behind the other, with no hop between.</summary>
/// <param name="Index">Its position in the plan.</param>
/// <param name="Parallelism">The number of its subtasks.</param>
/// <param name="Stages">Its stages, in order of the graph.</param>
/// <param name="Inputs">What its gate merges; empty if it begins with a source.</param>
/// <param name="Root">What runs first; the rest hangs below it.</param>
internal sealed record ChainPlan(int Index, int Parallelism, IReadOnlyList<Stage> Stages, IReadOnlyList<EdgePlan> Inputs, SpanPlan Root)
{
    /// <summary>Gets a value indicating whether it begins with a source.</summary>
    public bool HasSource => Inputs.Count == 0;

    /// <summary>Gets its name: its first and last stage.</summary>
    public string Name => Stages.Count == 1 ? Stages[0].Id : $"{Stages[0].Id}..{Stages[^1].Id}";
}
