using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>
/// Sees to it that what crosses from subtask to subtask has a codec: batches are weighed by it, and a checkpoint can hold what is under
/// way.
/// </summary>
internal static class EdgeCodecs
{
    /// <summary>Refuses a plan in which some edge has none.</summary>
    /// <param name="edges">The edges.</param>
    /// <param name="heads">The first stage of each chain.</param>
    public static void Check(IReadOnlyList<EdgePlan> edges, IReadOnlyList<Stage> heads)
    {
        foreach (var edge in edges)
        {
            if (edge.Sender.Accept(new Uncoded()) is { } type)
            {
                throw new PlanException(
                    $"'{edge.Sender}' sends records of type {type} to '{heads[edge.To].Id}', which runs in other subtasks, but there is "
                        + "no codec for them. " +
                    "Build the pipeline in a [Pipeline] method, or mark the type with [GenerateCodec], so that the generator writes one. "
                        + "An anonymous type needs a name.");
            }
        }
    }

    private sealed class Uncoded : ITypedCall<Type?>
    {
        public Type? Of<T>() => Codecs.Find<T>() is null ? typeof(T) : null;
    }
}
