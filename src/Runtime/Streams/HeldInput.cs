namespace Weir.Runtime.Streams;

/// <summary>
/// An operator that may stop in the middle of what came in: what comes behind it waits in a <see cref="HeldInput{TRecords}"/>.
/// </summary>
/// <typeparam name="TRecords">Records that may wait; <see cref="NoRecords"/> if none do.</typeparam>
internal interface IStoppable<TRecords> : IResumable
    where TRecords : class
{
    /// <summary>Gets a value indicating whether it has stopped in the middle, so that nothing may be handed to it.</summary>
    bool IsStopped { get; }

    /// <summary>Does what is due at a watermark and passes it on, or stops.</summary>
    void Take(Watermark watermark);

    /// <summary>Passes on that the stream is idle, or active.</summary>
    void Take(bool isIdle);

    /// <summary>Handles records that have waited, or stops.</summary>
    void Take(TRecords records) => throw new InvariantException("records waited at an operator that lets none wait");
}

/// <summary>For operators at which watermarks and idle marks wait only.</summary>
internal abstract class NoRecords;

/// <summary>What comes in at an operator that may be held: handed on at once, or in order when the operator goes on.</summary>
/// <typeparam name="TRecords">Records that may wait.</typeparam>
/// <param name="stoppable">The operator.</param>
internal sealed class HeldInput<TRecords>(IStoppable<TRecords> stoppable)
    where TRecords : class
{
    private readonly Queue<(Watermark? Watermark, bool IsIdle, TRecords? Records)> _waiting = new();

    /// <summary>Gets a value indicating whether anything waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>A watermark has come in.</summary>
    public void Add(Watermark watermark)
    {
        if (stoppable.IsHeld)
        {
            _waiting.Enqueue((watermark, false, null));
        }
        else
        {
            stoppable.Take(watermark);
        }
    }

    /// <summary>The stream has become idle, or active.</summary>
    public void Add(bool isIdle)
    {
        if (stoppable.IsHeld)
        {
            _waiting.Enqueue((null, isIdle, null));
        }
        else
        {
            stoppable.Take(isIdle);
        }
    }

    /// <summary>Records have come in while the operator is held.</summary>
    public void Wait(TRecords records) => _waiting.Enqueue((null, false, records));

    /// <summary>The operator goes on: hands it what waits, until it stops again.</summary>
    public void GoOn()
    {
        while (!stoppable.IsStopped && _waiting.TryDequeue(out var waiting))
        {
            if (waiting.Watermark is { } watermark)
            {
                stoppable.Take(watermark);
            }
            else if (waiting.Records is { } records)
            {
                stoppable.Take(records);
            }
            else
            {
                stoppable.Take(waiting.IsIdle);
            }
        }
    }
}
