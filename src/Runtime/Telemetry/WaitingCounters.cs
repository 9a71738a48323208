namespace Weir.Runtime.Telemetry;

/// <summary>
/// What the event time of an operator waits for in one subtask. Written by the subtask's thread, once a batch; read by anyone, who may see
/// a moment between two writes.
/// </summary>
internal sealed class WaitingCounters
{
    private string? _input;
    private long _watermark = long.MinValue;
    private long _ofInput;
    private long _ofAll;

    /// <summary>Gets what is known now.</summary>
    public Waiting Now => new(
        Volatile.Read(ref _input), Volatile.Read(ref _watermark), Volatile.Read(ref _ofInput), Volatile.Read(ref _ofAll));

    /// <summary>Notes which input the least promise is of; null for none that is being read.</summary>
    public void WaitFor(string? input, long watermark)
    {
        if (!ReferenceEquals(input, _input))
        {
            Volatile.Write(ref _ofInput, 0);
            Volatile.Write(ref _input, input);
        }

        Volatile.Write(ref _watermark, watermark);
    }

    /// <summary>An input has given event times.</summary>
    /// <param name="isAwaited">Whether it is the one that is waited for.</param>
    public void OnSpoken(bool isAwaited)
    {
        Volatile.Write(ref _ofAll, _ofAll + 1);
        if (isAwaited)
        {
            Volatile.Write(ref _ofInput, _ofInput + 1);
        }
    }
}

/// <summary>What event time waits for at a moment.</summary>
/// <param name="Input">The input whose promise is the least; null for none that is being read.</param>
/// <param name="Watermark">The watermark.</param>
/// <param name="OfInput">How many batches it has given since it is waited for.</param>
/// <param name="OfAll">How many batches all inputs have given.</param>
internal readonly record struct Waiting(string? Input, long Watermark, long OfInput, long OfAll)
{
    /// <summary>What all subtasks together wait for: the least of them.</summary>
    public Waiting With(Waiting other)
    {
        var least = other.Input is not null && (Input is null || other.Watermark < Watermark) ? other : this;
        return least with { OfAll = OfAll + other.OfAll };
    }
}
