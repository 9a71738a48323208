namespace Weir.Runtime.Operators.Sources;

/// <summary>A split that this subtask is reading: where it stands, and its reader once it has begun.</summary>
internal sealed class OwnedSplit<T, TSplit>(SplitState<TSplit> state)
{
    public TSplit Split => state.Split;

    /// <summary>How many splits of the source were found before it.</summary>
    public long Ordinal => state.Ordinal;

    /// <summary>The lane that its records make watermarks on.</summary>
    public int Lane { get; set; } = -1;

    public ISplitReader<T>? Reader { get; set; }

    public Offset Offset => Reader?.Offset ?? state.Offset;

    public SplitState<TSplit> State => new(Split, Offset, Ordinal);

    public void Close()
    {
        state = State;
        Reader?.Dispose();
        Reader = null;
    }
}
