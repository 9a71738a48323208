namespace Weir.Guide.Tests.Savepoints;

/// <summary>Gives the orders, and waits for more that never come.</summary>
/// <param name="orders">The orders.</param>
internal sealed class UnendedSource(IReadOnlyList<Order> orders) : Source<Order, int>
{
    public override string Description => "orders";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => default;

    public override ISplitReader<Order> Open(int split, Offset offset, SourceContext context) => new Reader(orders, (int)offset.Value);

    private sealed class Reader(IReadOnlyList<Order> orders, int next) : ISplitReader<Order>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<Order> batch)
        {
            if (next == orders.Count)
            {
                return ReadStatus.Pending;
            }

            batch.Add(orders[next++]);
            return ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
