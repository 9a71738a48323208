namespace Weir;

/// <summary>Reads what a pump draws.</summary>
/// <param name="pump">The pump.</param>
/// <param name="start">How many records came before.</param>
/// <param name="owns">Whether the sequence ends with this reader.</param>
internal sealed class PumpReader<T>(Pump<T> pump, Offset start, bool owns) : ISplitReader<T>
{
    public Offset Offset { get; private set; } = start;

    public ReadStatus Read(Batch<T> batch)
    {
        var status = pump.Read(batch);
        Offset = new Offset(Offset.Value + batch.Count);
        return status;
    }

    public void Dispose()
    {
        if (owns)
        {
            _ = pump.CloseAsync();
        }
    }
}
