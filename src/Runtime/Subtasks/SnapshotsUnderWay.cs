using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Subtasks;

/// <summary>
/// Checkpoints that a subtask has cut but not yet answered: what its operators put aside is being streamed to the store, what its sinks
/// were given made durable.
/// </summary>
/// <remarks>
/// They are answered in order, each when nothing of it is under way any more: so whoever has an answer for one knows that the subtask
/// writes to none before it.
/// </remarks>
/// <param name="subtask">The subtask.</param>
/// <param name="operators">Its stateful operators.</param>
/// <param name="inFlight">What may be in flight in front of it and behind it: part of a checkpoint whose barriers may overtake.</param>
/// <param name="job">The attempt: the store to write to, and the pool to do it on.</param>
internal sealed class SnapshotsUnderWay(
    SubtaskId subtask, IReadOnlyList<IStatefulOperator> operators, IReadOnlyList<IInFlight> inFlight, JobContext job)
{
    private readonly Queue<Answer> _waiting = new();
    private Answer? _youngest;
    private PortionOfWork? _sweep;

    /// <summary>
    /// Gets the time from which on barriers overtake what is not known to be in flight yet; <see cref="Barrier.Never"/> if there is
    /// none.
    /// </summary>
    public long OvertakesAt =>
        _waiting.TryPeek(out var oldest) && Array.Exists(oldest.Parts, part => part is { InFlight: not null, Written: null })
            ? oldest.Barrier.OvertakesAt
            : Barrier.Never;

    /// <summary>Gets when a call that is under way will have taken too long, and <see cref="TryFinish"/> throws.</summary>
    public Deadline Overdue
    {
        get
        {
            var next = Deadline.Never;
            foreach (var answer in _waiting)
            {
                foreach (var part in answer.Parts)
                {
                    next = Deadline.Earlier(next, part.Overdue);
                }
            }

            return next;
        }
    }

    /// <summary>
    /// Puts aside what every operator remembers as of now, and begins to write it. Sinks are asked when they have pre-committed.
    /// </summary>
    /// <param name="barrier">The barrier.</param>
    /// <param name="startDelay">From the trigger until its first barrier came.</param>
    /// <param name="alignment">From then until now.</param>
    /// <param name="now">A timestamp of the job's clock: the pause begins.</param>
    public void Begin(Barrier barrier, TimeSpan startDelay, TimeSpan alignment, long now)
    {
        List<Part> parts = [.. operators.Select((stateful, position) => Begin(stateful, position, barrier))];
        if (barrier.MayOvertake)
        {
            foreach (var end in inFlight)
            {
                end.Begin(barrier);
                parts.Add(PartOf(end.Id, null, end, parts.Count, barrier));
            }
        }

        _youngest = new Answer(barrier, [.. parts])
        {
            Phases = new CheckpointPhases(startDelay, alignment, default, default),
            Since = now,
        };
        _waiting.Enqueue(_youngest);
    }

    /// <summary>The pause of the youngest is over.</summary>
    /// <param name="now">A timestamp of the job's clock.</param>
    public void GoOn(long now)
    {
        _youngest!.Phases = _youngest.Phases with { Sync = job.Time.GetElapsedTime(_youngest.Since, now) };
        _youngest.Since = now;
    }

    /// <summary>Puts aside a portion of what has not changed since the barriers that were cut.</summary>
    /// <returns>Whether there was something to do.</returns>
    public bool Sweep()
    {
        if (!IsToBeSwept())
        {
            return false;
        }

        new SweepPace(job.Time, job.SweepPortion).Run(_sweep ??= SweepParts);
        return true;
    }

    /// <summary>Answers the oldest, if everything of it has ended.</summary>
    /// <returns>The answer; null if there is none yet.</returns>
    public SubtaskReport? TryFinish()
    {
        if (!_waiting.TryPeek(out var oldest) || !IsDone(oldest.Parts, oldest.Barrier))
        {
            return null;
        }

        _waiting.Dequeue();
        var checkpoint = oldest.Barrier.Checkpoint.Id;
        foreach (var part in oldest.Parts)
        {
            if (part.Written!.Failure is { } failure && IsStoreFailure(failure))
            {
                return new SubtaskReport.Declined(
                    subtask, checkpoint, $"the state of operator '{part.Id}' could not be stored: {failure.Message}");
            }
        }

        return new SubtaskReport.Acknowledged(subtask, checkpoint, [.. oldest.Parts.Select(Written)])
        {
            Phases = oldest.Phases with { Async = job.Time.GetElapsedTime(oldest.Since) },
        };
    }

    // What a store may suffer is the checkpoint's failure. Anything else, an encoder that throws above all, is the attempt's.
    private static bool IsStoreFailure(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private bool IsDone(Part[] parts, Barrier barrier)
    {
        var isDone = true;
        var checkpoint = barrier.Checkpoint.Id;
        foreach (var part in parts)
        {
            if (part is { Written: null, InFlight: { } end } && end.TrySnapshot(barrier, job.Time.GetTimestamp(), part.Writer))
            {
                part.Write();
            }

            if (part.Written is null && part.Operator is ISinkOperator sink && sink.IsPreCommitted(checkpoint))
            {
                Write(part, writer => sink.Snapshot(checkpoint, writer));
            }

            Guarded(part, part.Continue);
            isDone &= part.IsDone();
        }

        return isDone;
    }

    private Part Begin(IStatefulOperator stateful, int position, Barrier barrier)
    {
        var part = PartOf(stateful.Id, stateful, null, position, barrier);
        if (stateful is not ISinkOperator)
        {
            Write(part, stateful.Snapshot);
        }

        return part;
    }

    private Part PartOf(string id, IStatefulOperator? stateful, IInFlight? end, int position, Barrier barrier)
    {
        var checkpoint = barrier.Checkpoint;
        var files = new SnapshotFiles(job.Store, job.Name, checkpoint, SnapshotFiles.OwnerOf(subtask, position));
        var name = $"writing the state of '{id}' for {checkpoint.Id} to {job.Store.Description}";
        return new Part(id, stateful, end, files, job, name, barrier.Kind == CheckpointKind.Savepoint);
    }

    private bool IsToBeSwept()
    {
        foreach (var answer in _waiting)
        {
            foreach (var part in answer.Parts)
            {
                if (part.IsToBeSwept)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool SweepParts(ref int portion)
    {
        foreach (var answer in _waiting)
        {
            foreach (var part in answer.Parts)
            {
                if (!part.IsToBeSwept)
                {
                    continue;
                }

                if (portion <= 0)
                {
                    return false;
                }

                Sweep(part, ref portion);
                portion--;
                if (part.IsToBeSwept)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Sweep(Part part, ref int portion)
    {
        try
        {
            part.Sweep(ref portion);
        }
        catch (Exception failure) when (!IsStoreFailure(failure) && OperatorFailure.IsUnnamed(failure))
        {
            throw FailureOf(part.Id, failure);
        }
    }

    private void Write(Part part, Action<OperatorStateWriter> snapshot) => Guarded(part, () =>
    {
        snapshot(part.Writer);
        part.Write();
    });

    private void Guarded(Part part, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (!IsStoreFailure(failure) && OperatorFailure.IsUnnamed(failure))
        {
            throw FailureOf(part.Id, failure);
        }
    }

    private OperatorSnapshot Written(Part part) =>
        part.Written!.Failure is { } failure && OperatorFailure.IsUnnamed(failure)
            ? throw FailureOf(part.Id, failure)
            : part.Written.Result;

    // A codec may be the user's: who writes it wants to hear of whose state it was.
    private OperatorException FailureOf(string id, Exception failure) =>
        OperatorFailure.Of(id, job.Name, subtask.Index, "writing its state for a checkpoint", failure, isInFunction: true);

    /// <summary>A checkpoint that is not answered yet.</summary>
    private sealed class Answer(Barrier barrier, Part[] parts)
    {
        public Barrier Barrier => barrier;

        public Part[] Parts => parts;

        public CheckpointPhases Phases { get; set; }

        /// <summary>Gets or sets when the present phase began.</summary>
        public long Since { get; set; }
    }

    /// <summary>One operator's part of a snapshot, or what is in flight at one end.</summary>
    private sealed class Part(
        string id, IStatefulOperator? stateful, IInFlight? end, SnapshotFiles files, JobContext job, string name, bool isSavepoint)
    {
        private CallWatch _watch;
        private bool _hasBegun;
        private bool _isSwept;

        public string Id => id;

        public IStatefulOperator? Operator => stateful;

        /// <summary>Gets a value indicating whether a portion may be put aside that has not changed since the barrier.</summary>
        public bool IsToBeSwept => _hasBegun && !_isSwept;

        public IInFlight? InFlight => end;

        public OperatorStateWriter Writer { get; } = new(id)
        {
            IsSavepoint = isSavepoint,
            LimitBytes = isSavepoint ? null : job.Backend.LimitBytes,
            InlineBytes = job.InlineBytes,
        };

        /// <summary>Gets what became of it; null while a sink has not pre-committed, or an operator goes on putting aside.</summary>
        public Pending<OperatorSnapshot>? Written { get; private set; }

        /// <summary>Gets when its writing will have taken too long.</summary>
        public Deadline Overdue => Written is { IsDone: false } ? _watch.Due : Deadline.Never;

        public void Sweep(ref int portion) => _isSwept = Writer.Sweep(ref portion);

        public void Write()
        {
            _hasBegun = true;

            // What builds on the snapshot before it waits until it is the oldest.
            if (!Writer.Builds)
            {
                Continue();
            }
        }

        /// <summary>Begins to write what is put aside at last.</summary>
        public void Continue()
        {
            if (!_hasBegun || Written is not null || !Writer.IsReady || (Writer.Builds && !_isSwept))
            {
                return;
            }

            _watch = job.Limit.Begin(name);
            if (Writer.IsUnfinished)
            {
                Written = job.Work.Run(name, cancellation => Writer.FinishAsync(files, cancellation));
                return;
            }

            // Nothing to encode and nothing for a file: not worth a detour over the pool.
            Written = new Pending<OperatorSnapshot>();
            Written.Complete(Writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult());
        }

        public bool IsDone()
        {
            if (Written is { IsDone: false })
            {
                _watch.Check();
            }

            if (Written is not { IsDone: true })
            {
                return false;
            }

            Writer.Settle(Written.Failure is null);
            return true;
        }
    }
}
