using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Consecutive stages that run in one loop: several in a compiled one, or one interpreted.</summary>
/// <param name="Stages">The stages.</param>
/// <param name="Compiled">The generated code that runs them, or null to interpret the one stage.</param>
/// <param name="IsExchange">Whether it ends in a <c>KeyBy</c> that sends records to other subtasks.</param>
/// <param name="Children">The spans behind it in the same subtask; several at a branch.</param>
/// <param name="Outputs">The edges to other chains.</param>
internal sealed record SpanPlan(
    IReadOnlyList<Stage> Stages,
    CompiledSpan? Compiled,
    bool IsExchange,
    IReadOnlyList<SpanPlan> Children,
    IReadOnlyList<EdgePlan> Outputs)
{
    /// <summary>Gets a value indicating whether the records that it puts out carry event times.</summary>
    public bool MakesTimed { get; init; }

    /// <summary>Gets the ids of its stages, for messages.</summary>
    public string Ids => string.Join(", ", Stages.Select(stage => stage.Id));

    /// <inheritdoc/>
    public override string ToString() => Compiled is null ? Ids : $"compiled [{Ids}]";
}
