using Weir.Runtime;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Running;
using Weir.Runtime.Scheduling;
using Weir.Testing.Actors;

namespace Weir.Testing.Oracles;

/// <summary>Watches what must hold for one job all the way: what is visible, the numbers of checkpoints, who may fail of what.</summary>
/// <param name="run">The simulation.</param>
/// <param name="job">The job.</param>
/// <param name="expected">What must come out.</param>
internal sealed class SimulationWatch(SimulationRun run, SimulatedJob job, IReadOnlyList<ExpectedOutput> expected)
{
    // Generous: exponential delays, expired checkpoints and starved subtasks are no livelock.
    private const int MaxAttemptsWithoutFaults = 40;

    private readonly List<VisibleOutput> _outputs = [.. expected.Select(output => new VisibleOutput(run.Machine, output))];
    private readonly CheckpointFiles _checkpoints = new(run.Machine, job.CheckpointDirectory, job.Name);
    private readonly HashSet<CheckpointName> _names = [];
    private CheckpointId _newest;
    private bool _isOutputChanged;
    private bool _isStoreChanged;
    private bool _mayLeave;
    private bool _saidWhatIsLeft;
    private int _attemptsWithoutFaults;

    public int Attempts { get; private set; }

    public int Recoveries { get; private set; }

    public int Checkpoints { get; private set; }

    public IReadOnlyList<VisibleOutput> Outputs => _outputs;

    public IReadOnlyList<IReadOnlyList<string>> Rows => [.. _outputs.Select(output => output.Rows)];

    public void Violate(string what) => run.Violate(what);

    /// <summary>An attempt is about to be stepped.</summary>
    public void OnBegun(SimulatedProcess process, JobAttempt attempt)
    {
        Attempts++;
        _mayLeave = false;
        Recoveries += attempt.RestoredFrom is null ? 0 : 1;
        if (attempt.HasBegunWithSavepoint)
        {
            run.Faults.Note(SimulatedFault.SavepointBegun);
        }

        var origin = attempt.RestoredFrom is { } from ? from.ToString() : "nothing";
        run.Trace.Add($"{process.Name} begins attempt {attempt.Number} from {origin}");
        if (process is { Life: ProcessLife.Alive, IsContested: false } && attempt.RestoredFrom is { } restored && restored.Id < _newest)
        {
            Violate($"Attempt {attempt.Number} continues from {restored}, but {_newest} had completed.");
        }

        _attemptsWithoutFaults = run.Faults.IsOver && !job.HasZombies ? _attemptsWithoutFaults + 1 : 0;
        if (_attemptsWithoutFaults > MaxAttemptsWithoutFaults)
        {
            Violate($"Nothing has failed any more, but this is the {_attemptsWithoutFaults}th attempt since, {attempt.Number}: the job "
                + "makes no progress.");
        }
    }

    /// <summary>A process tells what happened.</summary>
    public void OnEvent(SimulatedProcess process, JobEvent e)
    {
        run.Trace.Add($"{process.Name} says {e}");
        if (process.Life == ProcessLife.Dead)
        {
            return;
        }

        switch (e)
        {
            // Nothing here damages files: a checkpoint that exists can be used.
            case JobEvent.CheckpointUnusable(var checkpoint, var reason):
                Violate($"{process.Name} believes {checkpoint} damaged: {reason}");
                break;
            case JobEvent.CheckpointCompleted(var checkpoint, _, _, _):
                OnCompleted(process, checkpoint);
                break;
            case JobEvent.Failed(var failure, _):
                OnFailed(process, failure);
                break;
            case JobEvent.Warning { Exception: not null, Message: var message }:
                _saidWhatIsLeft |= message.Contains("could not be deleted", StringComparison.Ordinal);
                break;
            case JobEvent.Warning { Message: var message } when job.MustBeRefused
                && message.Contains("rows a second time", StringComparison.Ordinal):
                job.HasWarned = true;
                break;
        }
    }

    /// <summary>
    /// An operation was made to fail. What could not be deleted because of it stays until the next attempt begins, and cleans up.
    /// </summary>
    public void OnInjected(string path) => _mayLeave |= _checkpoints.Concerns(path);

    /// <summary>A turn of an attempt threw something: some of that is no operating error, whatever was done to the process.</summary>
    public void OnFailedTurn(SimulatedProcess process, Exception failure)
    {
        run.Trace.Add($"{process.Name} fails: {failure}");
        if (IsBug(failure) || (process is { Life: ProcessLife.Alive, IsContested: false } && failure is SimulationStalledException))
        {
            Violate($"{process.Name} cannot fail so, whatever was done to it. {failure}");
        }
    }

    /// <summary>A process has come to the end of the job.</summary>
    public void OnDone(SimulatedProcess process, bool wasAlive)
    {
        if (job is { MustBeRefused: true, HasOwned: false })
        {
            Violate($"{process.Name} was to be refused a directory that is not its own, but has run to its end.");
        }
        else if (job.IsReplaced)
        {
            Violate($"{process.Name} has run to its end, and so has another job on the same output directory.");
        }
        else if (!wasAlive)
        {
            run.Trace.Add($"{process.Name} was believed dead, but did it");
        }
    }

    /// <summary>Whether a checkpoint is known to have completed.</summary>
    public bool HasCompleted(CheckpointName checkpoint) => _names.Contains(checkpoint);

    /// <summary>A process was stopped: all that it read must be visible, and nothing left that the next one must commit.</summary>
    public void OnStopped(SimulatedProcess process, bool wasAlive)
    {
        if (job.MustBeRefused)
        {
            Violate($"{process.Name} was to be refused a directory that is not its own, but was stopped.");
        }
        else if (wasAlive && !run.WasContested && !_mayLeave
            && _outputs.SelectMany(output => output.Hidden()).FirstOrDefault() is { } hidden)
        {
            Violate($"{process.Name} was stopped but has left '{hidden}' behind.");
        }
    }

    /// <summary>A file operation has taken effect.</summary>
    public void OnChanged(SimulatedProcess process, string operation, string path)
    {
        if (operation is "rename" or "delete" or "delete directory")
        {
            foreach (var output in _outputs)
            {
                _isOutputChanged |= output.Concerns(path);
            }

            _isStoreChanged |= process.Life == ProcessLife.Zombie && _checkpoints.Concerns(path);
        }
    }

    /// <summary>A turn has been taken.</summary>
    public void Look()
    {
        if (_isOutputChanged)
        {
            _isOutputChanged = false;
            foreach (var output in _outputs)
            {
                ViolateIf(output.Look());
            }
        }

        if (_isStoreChanged)
        {
            _isStoreChanged = false;
            ViolateIf(_checkpoints.FindDamage());
        }
    }

    /// <summary>Power was lost: what is gone now was promised by nobody, unless the job says at its end that it is there.</summary>
    public void Forget()
    {
        _outputs.ForEach(output => output.Forget());
        _isOutputChanged = true;
        Look();
    }

    /// <summary>The job is done and nobody is left who could clean up after it.</summary>
    public void LookForLeftovers()
    {
        if (job.IsReplaced || job.IsGivenUp)
        {
            // Whoever is refused a directory cleans nothing up there.
            return;
        }

        if (_outputs.SelectMany(output => output.Hidden()).FirstOrDefault() is { } hidden)
        {
            Violate($"The job is done but has left '{hidden}' behind.");
        }

        if (!job.MustBeRefused && !_mayLeave && !_saidWhatIsLeft)
        {
            ViolateIf(_checkpoints.FindLeftovers(job.Options.RetainedCheckpoints));
        }
    }

    /// <summary>The job is done, and power has been lost since.</summary>
    public void LookAtEnd()
    {
        if (job.IsGivenUp)
        {
            return;
        }

        foreach (var output in _outputs)
        {
            ViolateIf(output.LookAtEnd());
        }

        ViolateIf(_checkpoints.FindDamage());
    }

    private void OnCompleted(SimulatedProcess process, CheckpointName checkpoint)
    {
        if (!_names.Add(checkpoint))
        {
            Violate($"{checkpoint} has completed twice.");
        }

        if (process.Life != ProcessLife.Alive)
        {
            return;
        }

        Checkpoints++;

        // What could not be deleted after an earlier one is tried again after this one.
        _saidWhatIsLeft = false;
        if (checkpoint.Id <= _newest && !process.IsContested)
        {
            Violate($"{checkpoint} completed after {_newest}.");
        }

        _newest = checkpoint.Id;
    }

    private void OnFailed(SimulatedProcess process, Exception failure)
    {
        if (IsBug(failure) || SpeaksOfDamage(failure))
        {
            Violate($"{process.Name} cannot fail so, whatever was done to it. {failure}");
        }
        else if (job.MustBeRefused)
        {
            run.Faults.Note(SimulatedFault.RivalRefused);
        }
        else if (process is { Life: ProcessLife.Alive, IsFaulted: false, IsContested: false } && !IsImpatient(failure)
            && !((job.MayBeRefused || job.IsGivenUp) && IsRefusal(failure))
            && !(process.MayBeLockedOut && failure.InnerException is CheckpointStoreException or SinkException))
        {
            Violate($"{process.Name} failed although nothing had been done to it. {failure}");
        }

        process.IsFaulted = false;
        process.IsContested = false;
        process.MayBeLockedOut = false;
    }

    // Who sets short time-outs, which bound calls as well, gets failures; and where several processes share a clock, one that only waits
    // lets it run on for all.
    private bool IsImpatient(Exception failure) =>
        failure is CheckpointException or CallTimeoutException or { InnerException: CallTimeoutException }
        && (job.Options.CheckpointTimeout < TimeSpan.FromMinutes(1) || run.WasContested);

    private static bool IsRefusal(Exception? failure) =>
        failure is SinkException || (failure is not null && IsRefusal(failure.InnerException));

    // By the messages alone: the text of an exception with its stack takes longer than all else that a turn does.
    private static bool SpeaksOfDamage(Exception failure) =>
        failure.Message.Contains("damaged", StringComparison.Ordinal)
        || (failure is AggregateException several && several.InnerExceptions.Any(SpeaksOfDamage))
        || (failure.InnerException is { } inner && SpeaksOfDamage(inner));

    private static bool IsBug(Exception? failure) =>
        failure is InvariantException || (failure is not null && IsBug(failure.InnerException));

    private void ViolateIf(string? wrong)
    {
        if (wrong is not null)
        {
            Violate(wrong);
        }
    }
}
