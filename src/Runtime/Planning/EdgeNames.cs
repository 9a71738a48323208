using System.Globalization;
using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>The names of edges, by which what was in flight on them is found after a recovery.</summary>
/// <remarks>
/// An edge is named by its ends. An id that the user did not give counts the stages of its verb, and so may be another stage's in another
/// version of the pipeline: the number of them is part of the name, so that nothing is ever taken in at the wrong place.
/// </remarks>
/// <param name="graph">The pipeline.</param>
internal sealed class EdgeNames(PipelineGraph graph)
{
    /// <summary>The name of the edge from an output to a stage.</summary>
    /// <param name="sender">What travels.</param>
    /// <param name="user">The stage that takes it in.</param>
    /// <param name="ordinal">Which of several edges with these ends, from 0.</param>
    public string Of(StageOutput sender, Stage user, int ordinal = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sender}{Counted(sender.Stage)} to {user.Id}{Counted(user)}{(ordinal > 0 ? $" #{ordinal + 1}" : "")}");

    private string Counted(Stage stage) => IsDerived(stage)
        ? string.Create(CultureInfo.InvariantCulture, $" (of {graph.Stages.Count(other => other.Verb == stage.Verb && IsDerived(other))})")
        : "";

    private static bool IsDerived(Stage stage) =>
        stage.Id.Length > stage.Verb.Length + 1
        && stage.Id.StartsWith(stage.Verb, StringComparison.Ordinal)
        && stage.Id[stage.Verb.Length] == '-'
        && int.TryParse(stage.Id.AsSpan(stage.Verb.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
