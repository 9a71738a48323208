namespace Weir.Runtime.Channels;

/// <summary>Where a subtask's records come from: a source, or a gate over channels.</summary>
internal interface IHead : IDisposable
{
    /// <summary>Sets what to call, from any thread, when there may be something to take in.</summary>
    Action? Wake { set; }

    /// <summary>Makes its lanes known. Called once, before the first step and after every operator has been restored.</summary>
    void Open();

    /// <summary>Takes in one batch or control element and hands it to the chain.</summary>
    /// <param name="barrier">The barrier, when all of it has come.</param>
    /// <returns>What it was.</returns>
    HeadStep Step(out Barrier barrier);

    /// <summary>
    /// Gets when the first barrier of the newest checkpoint came, as a timestamp of the job's clock; null for a source, which is told.
    /// </summary>
    long? BarrierSince { get; }

    /// <summary>The subtask cuts the stream for a checkpoint, and takes its snapshot next.</summary>
    void OnCut(CheckpointId checkpoint);

    /// <summary>Takes in nothing but a barrier that is next in one of the inputs: for a subtask whose output is full.</summary>
    /// <param name="barrier">The barrier, when all of it has come.</param>
    /// <returns><see cref="HeadStep.Nothing"/>, <see cref="HeadStep.Element"/> or <see cref="HeadStep.Barrier"/>.</returns>
    HeadStep StepBarrier(out Barrier barrier);

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

    /// <summary>The source has delivered everything. Said once.</summary>
    Exhausted,
}
