using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>A verb as data: one node of the pipeline graph. Says what to do, never does it.</summary>
/// <param name="verb">The verb's name.</param>
/// <param name="inputs">The stages whose output it takes in; empty for a source.</param>
public abstract class Stage(string verb, ImmutableArray<Stage> inputs)
{
    /// <summary>Gets the verb's name, for ids and messages.</summary>
    public string Verb { get; } = verb;

    /// <summary>Gets the stages whose output it takes in; empty for a source.</summary>
    public ImmutableArray<Stage> Inputs { get; } = inputs;

    /// <summary>Gets the position in the graph, in order of construction; inputs come before their users.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>
    /// Gets the stable name of the stage's state: the user's own, or the verb and its ordinal among the same verbs of the pipeline.
    /// </summary>
    public string Id { get; internal set; } = "";

    /// <summary>Gets the number of subtasks that the user asked for; null means the job's.</summary>
    public int? Parallelism { get; internal set; }

    /// <summary>Calls the visitor's method for this kind of stage, with its types.</summary>
    /// <typeparam name="TResult">What the visitor answers.</typeparam>
    /// <param name="visitor">The visitor.</param>
    /// <returns>The visitor's answer.</returns>
    public abstract TResult Accept<TResult>(IStageVisitor<TResult> visitor);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
