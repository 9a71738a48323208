namespace Weir.Runtime.Channels;

/// <summary>
/// A batch cut into pieces: operators have room for as many records as a batch may hold now, and a checkpoint may have been taken when that
/// was more.
/// </summary>
internal static class BatchPieces
{
    /// <summary>The pieces in order; the batch itself if it is small enough.</summary>
    /// <param name="batch">The batch, which is not written into.</param>
    /// <param name="most">The most records that a piece may have.</param>
    public static IEnumerable<Batch<T>> Of<T>(Batch<T> batch, int most)
    {
        if (batch.Count <= most)
        {
            yield return batch;
            yield break;
        }

        for (var first = 0; first < batch.Count; first += most)
        {
            yield return Piece(batch, first, Math.Min(most, batch.Count - first));
        }
    }

    private static Batch<T> Piece<T>(Batch<T> batch, int first, int count)
    {
        var piece = new Batch<T>(count) { Lane = batch.Lane };
        batch.Values.Slice(first, count).CopyTo(piece.Open(out var times, batch.IsTimed));
        if (batch.IsTimed)
        {
            batch.Times.Slice(first, count).CopyTo(times);
        }

        piece.Commit(count);
        return piece;
    }
}
