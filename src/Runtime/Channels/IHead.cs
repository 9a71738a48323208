namespace Weir.Runtime.Channels;

/// <summary>Where a subtask's records come from: a source, or a gate over channels.</summary>
internal interface IHead : IDisposable
{
    /// <summary>Sets what to call, from any thread, when there may be something to take in.</summary>
    Action? Wake { set; }

    /// <summary>Makes its lanes known. Called once, before the first step and after every operator has been restored.</summary>
    void Open();

    /// <summary>Gets the names of the edges that it reads; none of a source.</summary>
    IReadOnlyList<string> Edges => [];

    /// <summary>Gets what is in flight in front of it; null for a source.</summary>
    IInFlight? InFlight => null;

    /// <summary>
    /// Gets the time from which on a barrier that it knows of overtakes; <see cref="Barrier.Never"/> if there is none.
    /// </summary>
    long OvertakesAt => Barrier.Never;

    /// <summary>Takes what a checkpoint held in flight in front of it, to be taken in first. Before it is opened.</summary>
    void Restore(RestoredInFlight stored) => throw new InvariantException("nothing is ever in flight in front of a source");

    /// <summary>Takes in one batch or control element and hands it to the chain.</summary>
    /// <param name="now">The time, as <see cref="TimeProvider.GetTimestamp"/> says it.</param>
    /// <param name="barrier">The barrier, when all of it has come.</param>
    /// <returns>What it was.</returns>
    HeadStep Step(long now, out Barrier barrier);

    /// <summary>Whether a barrier waits that overtakes by now.</summary>
    bool IsBarrierDue(long now) => false;

    /// <summary>
    /// Gets when the first barrier of the newest checkpoint came, as a timestamp of the job's clock; null for a source, which is told.
    /// </summary>
    long? BarrierSince { get; }

    /// <summary>The subtask cuts the stream for a checkpoint, and takes its snapshot next.</summary>
    void OnCut(CheckpointId checkpoint);

    /// <summary>
    /// Takes in nothing but a barrier that is next in one of the inputs, or overtakes: for a subtask whose output is full.
    /// </summary>
    /// <param name="now">The time, as <see cref="TimeProvider.GetTimestamp"/> says it.</param>
    /// <param name="barrier">The barrier, when all of it has come.</param>
    /// <returns><see cref="HeadStep.Nothing"/> or <see cref="HeadStep.Barrier"/>.</returns>
    HeadStep StepBarrier(long now, out Barrier barrier);

    /// <summary>A checkpoint is complete: a source tells its readers.</summary>
    void OnComplete(CheckpointId checkpoint)
    {
    }

    /// <summary>A checkpoint has been given up: its barriers are not waited for.</summary>
    void OnForget(CheckpointId checkpoint);
}

/// <summary>What a head took in.</summary>
internal enum HeadStep
{
    /// <summary>There was nothing.</summary>
    Nothing,

    /// <summary>Records or progress; handed on.</summary>
    Element,

    /// <summary>The last barrier of a checkpoint: the subtask takes its snapshot now.</summary>
    Barrier,

    /// <summary>All that was made of what a checkpoint held in flight has been taken in. Said once, if something was.</summary>
    CaughtUp,

    /// <summary>The source has delivered everything. Said once.</summary>
    Exhausted,
}
