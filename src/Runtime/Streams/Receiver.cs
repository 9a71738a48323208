namespace Weir.Runtime.Streams;

/// <summary>What takes in the progress of a stream within a subtask. Operators are linked by it.</summary>
/// <remarks>
/// Called by the subtask's thread only; never blocks, never reads a clock. What a call makes is passed on before it returns: between two
/// calls nothing waits inside but state that a snapshot holds, and the output of an operator that is held (<see cref="IResumable"/>).
/// </remarks>
public abstract class Receiver
{
    /// <summary>Fires whatever is due, then passes the watermark on. Watermarks strictly increase.</summary>
    /// <param name="watermark">The watermark.</param>
    public abstract void OnWatermark(Watermark watermark);

    /// <summary>The stream has become idle: it holds no watermark back downstream; or active again.</summary>
    /// <param name="isIdle">Whether it is idle now.</param>
    public abstract void OnIdle(bool isIdle);
}

/// <summary>What takes in a stream within a subtask: an operator, a fused kernel, a sink, an exchange.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class Receiver<T> : Receiver
{
    /// <summary>Takes records in. The batch is lent for the duration of the call and not changed.</summary>
    /// <param name="batch">At least one record.</param>
    public abstract void OnBatch(Batch<T> batch);

    /// <summary>
    /// A function of a record has failed in <see cref="OnBatch"/>: passes on what came of the records before it. They fail first, if they
    /// do, as in a loop over records.
    /// </summary>
    /// <param name="lane">The lane of the batch.</param>
    public virtual void OnFailure(int lane)
    {
    }
}
