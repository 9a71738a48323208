using Weir.Runtime.Files.Disk;
using Weir.Runtime.Subtasks;
using Weir.Testing.Oracles;
using Weir.Testing.Scheduling;

namespace Weir.Testing.Actors;

/// <summary>
/// A job that somebody keeps alive: whenever its process is gone, or believed to be, another is started, until the job is done.
/// </summary>
internal sealed class SimulatedJob
{
    private const int MaxRefusals = 3;

    private readonly SimulationRun _run;
    private readonly SimulationScenario _scenario;
    private readonly List<SimulatedProcess> _processes = [];
    private readonly List<SimulatedProcess> _living = [];
    private readonly string _prefix;
    private readonly SimulatedJob? _after;
    private readonly List<SimulatedJob> _rivals = [];
    private bool _owns;
    private bool _isReopened;
    private int _started;

    /// <summary>Makes the job that is simulated.</summary>
    public SimulatedJob(SimulationRun run, SimulationScenario scenario)
        : this(run, scenario, "p", "/checkpoints")
    {
    }

    /// <summary>Makes a rival of it.</summary>
    public SimulatedJob(SimulationRun run, SimulationScenario scenario, SimulationRival rival, SimulatedJob after)
        : this(run, Of(scenario, rival), "r", rival.CheckpointDirectory)
    {
        _after = after;
        after._rivals.Add(this);
        MustBeRefused = rival.MustBeRefused;
    }

    private SimulatedJob(SimulationRun run, SimulationScenario scenario, string prefix, string checkpointDirectory)
    {
        _run = run;
        _scenario = scenario;
        _prefix = prefix;
        CheckpointDirectory = checkpointDirectory;
        Name = scenario.Build(run.Machine).Name;
        Watch = new SimulationWatch(run, this, scenario.Expected);
    }

    /// <summary>Gets the job's name.</summary>
    public string Name { get; }

    public string CheckpointDirectory { get; }

    /// <summary>Gets a value indicating whether somebody else owns what it wants to write to: then it must say so and stop.</summary>
    public bool MustBeRefused { get; }

    /// <summary>
    /// Gets a value indicating whether what was to be refused has claimed the directory by rights: nobody had the lock, and nothing had
    /// ever been finished there. A claim alone does not keep a directory for ever, or nobody could use one whose job was given up. Then
    /// either of the two may be refused; still only one may come to its end, with all of the output.
    /// </summary>
    public bool HasOwned { get; private set; }

    /// <summary>Gets a value indicating whether it may be refused its own directory, because a rival has, or had, a right to it.</summary>
    public bool MayBeRefused => _rivals.Exists(rival => rival.HasOwned);

    /// <summary>Gets a value indicating whether a rival has come to its end in this one's place.</summary>
    public bool IsReplaced => _rivals.Exists(rival => rival is { MustBeRefused: true, IsDone: true });

    /// <summary>
    /// Gets a value indicating whether a rival of its name has said, before its first record, that a reader would get rows a second time: a
    /// user who reads that decides which of the two goes on, and nothing more is promised to either.
    /// </summary>
    public bool IsGivenUp => HasWarned || _rivals.Exists(rival => rival.HasWarned);

    /// <summary>Gets or sets a value indicating whether it has said that rows would be doubled.</summary>
    public bool HasWarned { get; set; }

    /// <summary>Gets a value indicating whether its processes die and their operations fail.</summary>
    public bool SuffersFaults => _after is null;

    public SimulationWatch Watch { get; }

    public Func<IFileSystem, Job> Build => _scenario.Build;

    public JobOptions Options => _scenario.Options;

    public Func<ISubtask, ISubtask>? Breaks => _scenario.Breaks;

    /// <summary>Where the state of a process lives, which sees these files.</summary>
    public StateBackend BackendOf(IFileSystem files) => _scenario.Backend?.Invoke(files) ?? Options.StateBackend;

    /// <summary>The store that a process uses, over one of files.</summary>
    public ICheckpointStore StoreOf(ICheckpointStore store) => _scenario.Store?.Invoke(store) ?? store;

    /// <summary>What the checkpoint store of a process writes to.</summary>
    public IFileSystem StoreFilesOf(IFileSystem files) => _scenario.StoreFiles?.Invoke(files) ?? files;

    /// <summary>Who decides about its checkpoints, as one process sees him.</summary>
    public ICheckpointArbiter ArbiterOf(IFileSystem files, ICheckpointStore store) =>
        _scenario.Arbiter?.Invoke(files, store) ?? new StoreArbiter(Name, store);

    /// <summary>Gets the process that nobody doubts; null if there is none.</summary>
    public SimulatedProcess? Current { get; private set; }

    /// <summary>Gets all processes that there have been, oldest first.</summary>
    public IReadOnlyList<SimulatedProcess> Processes => _processes;

    public bool IsDone { get; private set; }

    /// <summary>Gets a value indicating whether nothing more is wanted of it.</summary>
    public bool IsOver => IsDone || IsReplaced || IsGivenUp || (MustBeRefused && (_after!.IsDone || _after._isReopened));

    /// <summary>Gets how many records an attempt may drop as late at most; null for any number.</summary>
    public long? MaxLate => _scenario.MaxLate;

    /// <summary>Gets a value indicating whether somebody lives who is believed dead.</summary>
    public bool HasZombies => _living.Exists(static process => process.Life == ProcessLife.Zombie);

    /// <summary>Gets the processes that are not dead, oldest first: few, and asked for in every turn.</summary>
    public IReadOnlyList<SimulatedProcess> Living
    {
        get
        {
            _living.RemoveAll(static process => process.Life == ProcessLife.Dead);
            return _living;
        }
    }

    /// <summary>
    /// Lets it be started again. Who was to be refused stays away: once a job has ended and a consumer has taken all, the next run of the
    /// same name may use the directory, with a warning.
    /// </summary>
    public void Reopen() => (IsDone, _isReopened) = (false, true);

    /// <summary>Gets the savepoint that the job was stopped with last: the next process begins with it, and so do those after it.</summary>
    public string? RestoreFrom { get; private set; }

    /// <summary>How the next process runs the job.</summary>
    public JobOptions NextOptions() =>
        (_scenario.Rescales ? Options with { Parallelism = _run.NextParallelism() } : Options) with { RestoreFrom = RestoreFrom };

    /// <summary>Those that can take a turn now; a process is started if none is there that nobody doubts.</summary>
    public void AddRunnable(List<SimulatedProcess> runnable)
    {
        if (IsOver && MustBeRefused)
        {
            _processes.ForEach(process => process.Die());
        }

        if (Current is { Life: not ProcessLife.Alive })
        {
            Current = null;
        }

        if (Current is null && MayStart)
        {
            Current = new SimulatedProcess(_run, this, $"{_prefix}{++_started}");
            _processes.Add(Current);
            _living.Add(Current);
        }

        foreach (var process in _living)
        {
            if (process.MayAct)
            {
                runnable.Add(process);
            }
        }
    }

    /// <summary>Lets a process take a turn.</summary>
    public TurnEnd Turn(SimulatedProcess process)
    {
        if (process.Life == ProcessLife.Zombie && process.TurnsLeft-- <= 0)
        {
            process.Die();
            return TurnEnd.More;
        }

        if (process.Life == ProcessLife.Alive && SuffersFaults && _run.Faults.BeforeTurn() is { } fault)
        {
            Strike(process, fault);
            return TurnEnd.More;
        }

        return process.Act();
    }

    /// <summary>A turn has ended: looks whether a process has come to its end by it.</summary>
    public void Look()
    {
        for (var i = 0; i < _living.Count; i++)
        {
            if (_living[i] is not { HasEnded: true, Life: not ProcessLife.Dead } process)
            {
                continue;
            }

            var wasAlive = process.Life == ProcessLife.Alive;
            process.Dispose();
            if (process.IsStopped)
            {
                _run.Trace.Add($"{process.Name} is stopped");
                Watch.OnStopped(process, wasAlive);
                RestoreFrom = wasAlive ? _run.StoppedWith(process) ?? RestoreFrom : RestoreFrom;
            }
            else if (process.Failure is null)
            {
                _run.Trace.Add($"{process.Name} is done");
                IsDone |= wasAlive;
                Watch.OnDone(process, wasAlive);
            }
        }
    }

    /// <summary>A file operation has taken effect.</summary>
    public void OnChanged(SimulatedProcess process, string operation, string path)
    {
        Watch.OnChanged(process, operation, path);
        if (MustBeRefused)
        {
            NoteOwner(process, operation, path);
        }

        if (operation == "lock" && _processes.Exists(other => other != process && other.Life == ProcessLife.Zombie))
        {
            process.MayBeLockedOut = true;
        }

        if (operation == "create" && path.StartsWith($"{CheckpointDirectory}/{Name}/attempt-", StringComparison.Ordinal))
        {
            // Whoever else runs this job is fenced from now on.
            foreach (var other in _processes)
            {
                other.IsContested |= other != process;
            }
        }
    }

    // What is to be refused must first have an owner; and being refused a few times is enough.
    private bool MayStart => !IsOver && (_after is null || _after.Watch.Checkpoints > 0)
        && !(MustBeRefused && !_owns && _started >= MaxRefusals);

    private void NoteOwner(SimulatedProcess process, string operation, string path)
    {
        if (operation == "create" && path.Contains("/.weir/owner-", StringComparison.Ordinal))
        {
            _owns = process.Job == this && _after!.Watch.Outputs.All(output => output.Rows.Count == 0);
            HasOwned |= _owns;
        }
    }

    private static SimulationScenario Of(SimulationScenario scenario, SimulationRival rival) => scenario with
    {
        Build = rival.Build,
        Expected = rival.Expected,
        Rivals = [],
        Arbiter = null,
    };

    private void Strike(SimulatedProcess process, SimulatedFault fault)
    {
        _run.Trace.Add($"{process.Name} *** {fault}");
        switch (fault)
        {
            case SimulatedFault.TakeOver:
                process.BecomeZombie();
                break;
            case SimulatedFault.PowerLoss:
                _run.LosePower();
                break;
            default:
                process.Die();
                break;
        }
    }
}
