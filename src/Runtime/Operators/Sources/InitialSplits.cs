using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Sources;

/// <summary>The splits of a source as the state that a job without a checkpoint begins with: none begun, the first ones found.</summary>
public static class InitialSplits
{
    /// <summary>Finds the first splits of a source.</summary>
    /// <param name="fromStage">A <see cref="FromStage{T}"/>.</param>
    /// <param name="context">What the source is told.</param>
    /// <param name="cancellation">Cancels the listing.</param>
    /// <returns>The state of a source that has begun no split.</returns>
    public static Task<OperatorState> ListAsync(Stage fromStage, SourceContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fromStage);
        if (!fromStage.IsSource)
        {
            throw new ArgumentException($"'{fromStage.Id}' is not a source: only From has splits.", nameof(fromStage));
        }

        return fromStage.Outputs[0].Accept(new SplitsOf(fromStage, context, cancellation));
    }

    private sealed class SplitsOf(Stage from, SourceContext context, CancellationToken cancellation) : ITypedCall<Task<OperatorState>>
    {
        public Task<OperatorState> Of<T>() => ((FromStage<T>)from).Source.Accept(new Lister<T>(from.Id, context, cancellation));
    }

    private sealed class Lister<T>(string id, SourceContext context, CancellationToken cancellation)
        : ISourceVisitor<T, Task<OperatorState>>
    {
        public async Task<OperatorState> Visit<TSplit>(Source<T, TSplit> source)
        {
            var discovery = source.Discover(context, default);
            var splits = await discovery.NextAsync(cancellation).ConfigureAwait(false);
            var writer = new OperatorStateWriter(id);
            writer.AddShared(new BoardStateCodec<TSplit>(source.SplitCodec),
                new BoardState<TSplit>(
                    [.. splits.Select(static (split, i) => ((long)i, split))], discovery.State, discovery.AskAgainIn, []));
            return writer.ToState();
        }
    }
}
