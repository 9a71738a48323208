using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Sources;

/// <summary>The splits of a source as the state that a job without a checkpoint begins with: items to be dealt out like those of a checkpoint.</summary>
public static class InitialSplits
{
    /// <summary>Lists the splits of a source.</summary>
    /// <param name="fromStage">A <see cref="FromStage{T}"/>.</param>
    /// <param name="context">What the source is told.</param>
    /// <param name="cancellation">Cancels the listing.</param>
    /// <returns>One item for each split, in the order in which they should be read.</returns>
    public static Task<OperatorState> ListAsync(Stage fromStage, SourceContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fromStage);
        return fromStage.Accept(new FromVisitor(context, cancellation));
    }

    /// <summary>Whether a stage is a source, whose splits must be listed.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>Whether it is.</returns>
    public static bool AreOf(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Inputs.IsEmpty;
    }

    private sealed class FromVisitor(SourceContext context, CancellationToken cancellation) : IStageVisitor<Task<OperatorState>>
    {
        public Task<OperatorState> Visit<T>(FromStage<T> stage) => stage.Source.Accept(new Lister<T>(stage.Id, context, cancellation));

        public Task<OperatorState> Visit<T>(EventTimeStage<T> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T>(WhereStage<T> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T, TOut>(SelectStage<T, TOut> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T, TOut>(SelectManyStage<T, TOut> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T, TKey>(KeyByStage<T, TKey> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T>(RebalanceStage<T> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T>(UnionStage<T> stage) => throw NoSource(stage);

        public Task<OperatorState> Visit<T>(ToStage<T> stage) => throw NoSource(stage);

        private static ArgumentException NoSource(Stage stage) => new($"'{stage.Id}' is not a source: only From has splits.");
    }

    private sealed class Lister<T>(string id, SourceContext context, CancellationToken cancellation) : ISourceVisitor<T, Task<OperatorState>>
    {
        public async Task<OperatorState> Visit<TSplit>(Source<T, TSplit> source)
        {
            var codec = new SplitStateCodec<TSplit>(source.SplitCodec);
            var writer = new OperatorStateWriter(id);
            foreach (var split in await source.ListSplitsAsync(context, cancellation).ConfigureAwait(false))
            {
                writer.AddItem(codec, new SplitState<TSplit>(split, source.StartOf(split), IsFinished: false));
            }

            return writer.ToState();
        }
    }
}
