using Weir.Runtime;
using Weir.Runtime.Running;
using Weir.Runtime.State;
using Weir.Testing.Disk;
using Weir.Testing.Faults;
using Weir.Testing.Scheduling;

namespace Weir.Testing.Actors;

/// <summary>Where a simulated process is in its life.</summary>
internal enum ProcessLife
{
    /// <summary>It runs, and nobody doubts it.</summary>
    Alive,

    /// <summary>It is believed dead, and another has taken its place.</summary>
    Zombie,

    /// <summary>It is gone.</summary>
    Dead,
}

/// <summary>
/// One process that runs a job by the job's own loop: attempt after attempt, until it dies, the job is done, or the loop gives up.
/// </summary>
internal sealed partial class SimulatedProcess : IDisposable
{
    private readonly SimulationRun _run;
    private readonly SimulatedJob _job;
    private readonly FileCheckpointStore _store;
    private readonly Queue<Action> _posted = new();
    private readonly JobMonitor _monitor;
    private readonly JobLoop _loop;
    private readonly Func<bool> _trips;
    private ProcessThreads? _threads;
    private Task<JobResult>? _end;

    public SimulatedProcess(SimulationRun run, SimulatedJob job, string name)
    {
        _run = run;
        _job = job;
        _trips = Trips;
        Name = name;
        Files = new ProcessFiles(run.Machine, this);
        _store = new FileCheckpointStore(job.CheckpointDirectory, job.StoreFilesOf(Files));
        var store = job.StoreOf(_store);
        var options = job.NextOptions() with
        {
            CheckpointStore = store,
            StateBackend = job.BackendOf(Files),
            CheckpointDirectory = null,
            SavepointFiles = Files,
            TimeProvider = new ProcessTime(run.Time, Post),

            // So that records come between the barrier and the end of a sweep.
            SweepPortion = 1 + (int)(StableHash.Of(name) % 40),
        };
        var built = job.Build(Files);
        _monitor = new JobMonitor(built.Name, options, witness: e => job.Watch.OnEvent(this, e));
        var whole = new PipelinePlan(built, options, KeySeed.Of(StableHash.Of(name)));
        var plan = new UnreliablePlan(whole, run.Faults, job.Breaks, job.MaxLate);
        _loop = new JobLoop(
            built.Name, run.NextRunId(), plan, options, store, job.ArbiterOf(Files, store), _monitor, () =>
                _threads = new ProcessThreads(this));
    }

    public string Name { get; }

    /// <summary>Gets what may be asked of the job.</summary>
    public JobControl Control => _loop.Control;

    public SimulatedJob Job => _job;

    /// <summary>Gets a value indicating whether it was ever believed dead while it lived.</summary>
    public bool WasZombie { get; private set; }

    public ProcessFiles Files { get; }

    public ProcessLife Life { get; private set; }

    /// <summary>Gets or sets a value indicating whether something was done to the present attempt that it may fail of.</summary>
    public bool IsFaulted { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether another process has begun an attempt since this one began its own: then it must stop.
    /// </summary>
    public bool IsContested { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether one that is believed dead may have the lock, by rights, when this one wants it.
    /// </summary>
    public bool MayBeLockedOut { get; set; }

    /// <summary>Gets or sets how many turns a process that is believed dead has left.</summary>
    public int TurnsLeft { get; set; }

    /// <summary>Gets a value indicating whether the job's loop has ended, well or badly.</summary>
    public bool HasEnded => _end is { IsCompleted: true };

    /// <summary>Gets a value indicating whether the job was stopped before its end.</summary>
    public bool IsStopped => _end is { IsCompletedSuccessfully: true, Result.IsStopped: true };

    /// <summary>Gets why the job's loop gave up, or null.</summary>
    public Exception? Failure => _end?.Exception?.InnerException;

    /// <summary>Gets a value indicating whether it can take a turn now.</summary>
    public bool MayAct => Life != ProcessLife.Dead && !HasEnded && (_standing is null || _standing.Until <= _run.Turns);

    /// <summary>Takes a turn: goes on where it stands, or lets a call go on that hangs, or does the next thing.</summary>
    public TurnEnd Act()
    {
        if (_standing is { } standing)
        {
            _standing = null;
            _run.Baton.HandOver(standing);
            return TurnEnd.HandedOver;
        }

        if (FindHanging() is { } hanging)
        {
            _hanging.Remove(hanging);
            _run.Baton.HandOver(hanging);
            return TurnEnd.HandedOver;
        }

        if (_posted.TryDequeue(out var callback))
        {
            Guarded(callback);
        }
        else if (_threads?.Scheduler is not null)
        {
            Step(_threads);
        }
        else if (_end is null)
        {
            Guarded(() => _end = _loop.RunAsync(CancellationToken.None));
        }
        else
        {
            // It waits for its next attempt.
            _run.Time.AdvanceToNextTimer();
        }

        return TurnEnd.More;
    }

    private StandingCall? FindHanging()
    {
        foreach (var call in _hanging)
        {
            if (call.Until <= _run.Turns)
            {
                return call;
            }
        }

        return null;
    }

    /// <summary>Tells who is left and what waits.</summary>
    public string Describe() => _threads?.Scheduler?.Describe() ?? "It runs no attempt.";

    /// <summary>An attempt is about to be stepped.</summary>
    public SimulatedScheduler Schedule(JobAttempt attempt, SimulatedWorkPool pool)
    {
        _job.Watch.OnBegun(this, attempt);
        return new SimulatedScheduler(
            attempt.Steppers, _run.NextSeed(), _run.Time, pool, _run.Trace)
        { Label = $"{Name} ", WorkFaults = AtWork };
    }

    /// <summary>It is believed dead from now on.</summary>
    public void BecomeZombie()
    {
        Life = ProcessLife.Zombie;
        WasZombie = true;
        TurnsLeft = _run.Faults.PauseTurns();
        Files.ReleaseLocks();
    }

    /// <summary>Ends the process in an orderly way.</summary>
    public void Dispose()
    {
        if (Life != ProcessLife.Dead)
        {
            _store.Dispose();
            Die();
        }
    }

    /// <summary>Ends it at once: nothing of it is carried out any more.</summary>
    public void Die()
    {
        Life = ProcessLife.Dead;
        _threads?.Works.Close();
        _posted.Clear();

        // Without a handler of events there is nothing to wait for.
        _ = _monitor.DisposeAsync().AsTask();
        Files.ReleaseLocks();
    }

    /// <summary>Unwinds the calls that stand still, so that their threads are free: nothing that they do has an effect.</summary>
    public void Unwind()
    {
        Die();
        while (_hanging.Count > 0)
        {
            GoOn(_hanging[0]);
        }

        if (_standing is { } standing)
        {
            _standing = null;
            _run.Baton.Resume(standing);
        }
    }

    /// <summary>Has it do something in one of its next turns.</summary>
    public void Post(Action callback)
    {
        if (Life != ProcessLife.Dead)
        {
            _posted.Enqueue(callback);
        }
    }

    private void Step(ProcessThreads threads)
    {
        var scheduler = threads.Scheduler!;
        Exception? failure = null;
        try
        {
            Tripwire.Set(_trips);
            scheduler.Turn();
        }
        catch (SimulationStalledException) when (_hanging.Exists(call => call.Until < long.MaxValue))
        {
            // It waits for a call that hangs, by rights: whatever time-out there may be has not come to pass.
            GoOn(_hanging.Find(call => call.Until < long.MaxValue)!);
        }
#pragma warning disable CA1031 // Whatever a turn throws ends the attempt, or is what the simulation was to find.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            failure = thrown;
        }

        // The attempt may have ended while this turn stood still; and a dead process does nothing.
        if (Life == ProcessLife.Dead || threads.Scheduler != scheduler)
        {
            return;
        }

        if (failure is not null)
        {
            _job.Watch.OnFailedTurn(this, failure);
            End(threads, failure);
        }
        else if (scheduler.IsDone)
        {
            End(threads, null);
        }
    }

    // Apart from the step, so that a step that goes on makes no closure.
    private void End(ProcessThreads threads, Exception? failure) => Guarded(() => threads.End(failure));

    // The job's loop goes on within: nothing may come out of it but the death of the process.
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (ProcessDiedException)
        {
            Invariant.Holds(Life == ProcessLife.Dead, $"process {Name} is not dead but says so");
        }
    }

    private bool Trips()
    {
        if (Life != ProcessLife.Alive || !_job.SuffersFaults || !_run.Faults.AtRecord())
        {
            return false;
        }

        _run.Trace.Add($"{Name} *** {SimulatedFault.UserFunctionFailed}");
        return IsFaulted = true;
    }

    private WorkFault AtWork(string name)
    {
        if (Life != ProcessLife.Alive || !_job.SuffersFaults)
        {
            return WorkFault.None;
        }

        var fault = _run.Faults.AtWork(name.StartsWith("decide", StringComparison.Ordinal));
        IsFaulted |= fault != WorkFault.None;
        return fault;
    }
}
