namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>How much of a checkpoint an attempt has read. Written by the thread that reads, asked by any.</summary>
/// <remarks>Each byte is read twice: to verify it, and to restore it.</remarks>
internal sealed class RestoreMeter
{
    private const int Readings = 2;

    private long _expected;
    private long _read;

    /// <summary>Gets the share that has been read, 0 to 1; null while the size is unknown.</summary>
    public double? Share =>
        Volatile.Read(ref _expected) is > 0 and var expected ? Math.Min(1, Volatile.Read(ref _read) / (double)expected) : null;

    /// <summary>A checkpoint is about to be read, instead of any before it.</summary>
    /// <param name="bytes">Its size.</param>
    public void Begin(long bytes)
    {
        Volatile.Write(ref _read, 0);
        Volatile.Write(ref _expected, Readings * bytes);
    }

    /// <summary>Counts what is read of a stream.</summary>
    /// <param name="stream">The stream; disposed with the answer.</param>
    /// <returns>The stream to read from.</returns>
    public Stream Count(Stream stream) => new MeteredStream(stream, count => Interlocked.Add(ref _read, count));
}
