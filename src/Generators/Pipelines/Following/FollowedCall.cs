using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>One verb call on one way through a pipeline: a helper method that is used twice has its calls twice.</summary>
/// <param name="verb">The call, or the clause of a query that is one.</param>
/// <param name="loops">
/// The loops and functions that it stands in, outermost first: it may run more than once for one stream from outside.
/// </param>
internal sealed class FollowedCall(VerbCall verb, ImmutableList<SyntaxNode> loops)
{
    public VerbCall Verb { get; } = verb;

    public ImmutableList<SyntaxNode> Loops { get; } = loops;

    /// <summary>Gets the streams that go in.</summary>
    public List<StreamValue> Inputs { get; } = [];

    /// <summary>Gets or sets how many times the result is used.</summary>
    public int Users { get; set; }

    public bool HasParallelism { get; set; }

    public bool CatchesErrors { get; set; }

    /// <summary>Adds what the inputs may be on a further way.</summary>
    public void Takes(IReadOnlyList<StreamValue> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (i < Inputs.Count)
            {
                Inputs[i] = Inputs[i].Or(inputs[i]);
            }
            else
            {
                Inputs.Add(inputs[i]);
            }
        }
    }

    /// <summary>Whether it may run again while a stream that another call made stays the same.</summary>
    public bool MayRepeat(FollowedCall maker) =>
        Loops.Count > maker.Loops.Count || !Loops.SequenceEqual(maker.Loops.Take(Loops.Count));
}
