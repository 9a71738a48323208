namespace Weir.Runtime.Channels;

/// <summary>A barrier on its way through a channel.</summary>
/// <param name="barrier">The barrier.</param>
/// <param name="position">The number of elements in front of it, from the channel's first on.</param>
internal sealed class SentBarrier(Barrier barrier, long position)
{
    private long _position = position;

    public Barrier Barrier => barrier;

    /// <summary>Gets or sets the number of elements in front of it. The writer moves it forward when it overtakes what is kept.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }
}
