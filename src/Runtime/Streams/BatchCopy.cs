namespace Weir.Runtime.Streams;

/// <summary>Copies batches that are only lent, where their records are needed for longer.</summary>
internal static class BatchCopy
{
    /// <summary>A batch of its own with the records from one on.</summary>
    public static Batch<T> Of<T>(Batch<T> batch, int from = 0)
    {
        var copy = new Batch<T>(Math.Max(1, batch.Count - from));
        Into(copy, batch, from);
        return copy;
    }

    /// <summary>Fills an empty batch with the records of another from one on.</summary>
    public static void Into<T>(Batch<T> copy, Batch<T> batch, int from)
    {
        var values = batch.Values[from..];
        copy.Lane = batch.Lane;
        values.CopyTo(copy.Open(out var times, batch.IsTimed));
        if (batch.IsTimed)
        {
            batch.Times[from..].CopyTo(times);
        }

        copy.Commit(values.Length);
    }
}
