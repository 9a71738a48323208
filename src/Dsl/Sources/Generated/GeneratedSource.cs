using System.Globalization;

namespace Weir;

/// <summary>
/// Makes records of their indices. Part i of n makes the indices i, i + n, i + 2n and so on, so that all parts come on at the same pace;
/// its
/// offset counts what it has made.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="record">Makes one.</param>
/// <param name="perSecond">The rate of all parts together; null for none.</param>
/// <param name="count">How many there are; null for no end.</param>
/// <param name="splits">How many parts; null for one a subtask.</param>
internal sealed class GeneratedSource<T>(Func<long, T> record, double? perSecond, long? count, int? splits) : Source<T, SequencePart>
{
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{(count is { } most ? most : "endless")} generated records{(perSecond is { } rate ? $", {rate} a second" : "")}");

    public override Codec<SequencePart> SplitCodec => SequencePartCodec.Instance;

    public override SplitOrder Order => SplitOrder.Together;

    public override ValueTask<IReadOnlyList<SequencePart>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        var parts = splits ?? context.Parallelism;
        return ValueTask.FromResult<IReadOnlyList<SequencePart>>(
            [.. Enumerable.Range(0, parts).Select(part => new SequencePart(part, parts))]);
    }

    public override Offset StartOf(SequencePart split) => new(0);

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context) => new GeneratedReader<T>(
        record, split, offset.Value, count is { } all ? Share(all, split) : long.MaxValue,
        perSecond is { } rate ? new PartRate(rate / split.Count, context) : null);

    private static long Share(long all, SequencePart part) => (all / part.Count) + (part.Index < all % part.Count ? 1 : 0);
}
