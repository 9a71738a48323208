namespace Weir.Runtime.Checkpoints.Store;

/// <summary>A file of the memory store that is being written: kept when it is flushed.</summary>
/// <param name="reserve">Asks for room for so many bytes more, or fails.</param>
/// <param name="release">Gives room back that was asked for and not kept.</param>
/// <param name="keep">Keeps the bytes.</param>
internal sealed class MemoryOutput(Action<long> reserve, Action<long> release, Action<ReadOnlyMemory<byte>> keep) : MemoryStream
{
    private bool _isKept;

    // All other ways to write end here: the framework sees to that for streams derived from its own.
    public override void Write(byte[] buffer, int offset, int count)
    {
        reserve(count);
        base.Write(buffer, offset, count);
    }

    public override void Flush()
    {
        if (!_isKept)
        {
            keep(ToArray());
            _isKept = true;
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return Task.CompletedTask;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isKept)
        {
            _isKept = true;
            release(Length);
        }

        base.Dispose(disposing);
    }
}
