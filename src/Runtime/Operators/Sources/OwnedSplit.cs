namespace Weir.Runtime.Operators.Sources;

/// <summary>A split of this subtask: where it stands, and its reader once it has begun.</summary>
internal sealed class OwnedSplit<T, TSplit>(SplitState<TSplit> state)
{
    public TSplit Split => state.Split;

    /// <summary>The lane that its records make watermarks on; none once finished.</summary>
    public int Lane { get; set; } = -1;

    public ISplitReader<T>? Reader { get; set; }

    public bool IsFinished { get; private set; } = state.IsFinished;

    public Offset Offset => Reader?.Offset ?? state.Offset;

    public SplitState<TSplit> State => new(Split, Offset, IsFinished);

    public void Finish()
    {
        state = state with { Offset = Offset };
        IsFinished = true;
        Close();
    }

    public void Close()
    {
        Reader?.Dispose();
        Reader = null;
    }
}
