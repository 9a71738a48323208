using Weir.Runtime.Files.Disk;
using Weir.Runtime.Running;
using Weir.Testing.Disk;
using Weir.Testing.Faults;

namespace Weir.Testing.Actors;

/// <summary>Where a simulated process is in its life.</summary>
internal enum ProcessLife
{
    /// <summary>It runs, and nobody doubts it.</summary>
    Alive,

    /// <summary>It stands still in the middle of an operation, and another has taken its place.</summary>
    Paused,

    /// <summary>It goes on although another has taken its place.</summary>
    Zombie,

    /// <summary>It is gone.</summary>
    Dead,
}

/// <summary>One process that runs the job: attempt after attempt, until it dies or the job is done.</summary>
internal sealed class SimulatedProcess : IOperationGuard, IDisposable
{
    private readonly SimulationRun _run;
    private readonly FileCheckpointStore _store;
    private readonly JobOptions _options;
    private readonly UnreliablePlan _plan;
    private readonly string _job;
    private SimulatedWorkPool _pool = new();
    private JobAttempt? _attempt;
    private long[] _watermarks = [];

    public SimulatedProcess(SimulationRun run, int number, IFileSystem machine)
    {
        _run = run;
        Name = $"p{number}";
        Files = new ProcessFiles(machine, this);
        _store = new FileCheckpointStore(SimulationRun.CheckpointDirectory, Files);
        _options = run.Scenario.Options with
        {
            CheckpointStore = _store,
            CheckpointDirectory = null,
            TimeProvider = run.Time,
            Parallelism = run.NextParallelism(),
        };
        var job = run.Scenario.Build(Files);
        _job = job.Name;
        _plan = new UnreliablePlan(new PipelinePlan(job, _options), run.Faults);
    }

    public string Name { get; }

    public ProcessFiles Files { get; }

    public ProcessLife Life { get; set; }

    /// <summary>Gets or sets a value indicating whether it was paused before its attempt began, so that it may begin a newer one than its successor's.</summary>
    public bool IsContender { get; set; }

    /// <summary>Gets or sets how many turns a zombie has left.</summary>
    public int TurnsLeft { get; set; }

    /// <summary>Gets or sets a value indicating whether something was done to the present attempt that it may fail of.</summary>
    public bool IsFaulted { get; set; }

    /// <summary>Gets who drives the present attempt; null if there is none.</summary>
    public SimulatedScheduler? Scheduler { get; private set; }

    /// <summary>Begins an attempt: fences, restores, recovers.</summary>
    public void Begin(int seed)
    {
        IsFaulted = false;
        _pool = new SimulatedWorkPool();
        var context = new AttemptContext(_job, _run.NextRunId(), _plan, _options, _store, new StoreArbiter(_job, _store), _pool, e => _run.Watch.OnEvent(this, e));
        _attempt = Ended(JobAttempt.PrepareAsync(context, CancellationToken.None), "The preparation of an attempt");
        Scheduler = new SimulatedScheduler(_attempt.Steppers, seed, _run.Time, _pool, _run.Trace) { Label = $"{Name} ", WorkFaults = AtWork };
        _watermarks = new long[_attempt.Subtasks.Count];
        Array.Fill(_watermarks, long.MinValue);
        _run.Watch.OnBegun(this, _attempt);
    }

    /// <summary>Says which subtask's watermark went back since the last turn, or null.</summary>
    public string? FindWatermarkThatWentBack()
    {
        for (var i = 0; i < _watermarks.Length && _attempt is not null; i++)
        {
            var now = _attempt.Subtasks[i].Counters.Watermark;
            if (now < _watermarks[i])
            {
                return $"The watermark of {_attempt.Subtasks[i].Name} went back from {_watermarks[i]} to {now}.";
            }

            _watermarks[i] = now;
        }

        return null;
    }

    /// <summary>Ends the attempt in an orderly way, as a failure or the end of the job does.</summary>
    public void End()
    {
        var attempt = _attempt;
        _attempt = null;
        Scheduler = null;
        _pool.Close();
        if (attempt is not null)
        {
            Ended(DisposeAsync(attempt), "The end of an attempt");
        }
    }

    /// <summary>Ends the process in an orderly way.</summary>
    public void Dispose()
    {
        _store.Dispose();
        Die();
    }

    /// <summary>Ends it at once: nothing of it is carried out any more.</summary>
    public void Die()
    {
        Life = ProcessLife.Dead;
        _pool.Close();
        Files.ReleaseLocks();
    }

    public T Do<T>(string operation, string path, Func<T> perform)
    {
        var fault = Enter(operation, path, isWrite: false);
        if (fault is { IsAfter: false } before)
        {
            Suffer(before.Fault, operation, path);
        }

        var result = perform();
        _run.Watch.OnChanged(operation, path);
        if (fault is { IsAfter: true } after)
        {
            Suffer(after.Fault, operation, path);
        }

        return result;
    }

    public void DoWrite(string path, int length, Action<int> perform)
    {
        var fault = Enter("write", path, isWrite: true);
        if (fault is { IsAfter: false } before)
        {
            if (before.Fault == SimulatedFault.WriteTorn && length > 0)
            {
                perform(_run.Faults.TornLength(length));
            }

            Suffer(before.Fault, "write", path);
        }

        perform(length);
        if (fault is { IsAfter: true } after)
        {
            Suffer(after.Fault, "write", path);
        }
    }

    private (SimulatedFault Fault, bool IsAfter)? Enter(string operation, string path, bool isWrite)
    {
        ThrowIfDead();
        _run.Trace.Add($"{Name}   {operation} {path}");
        return Life == ProcessLife.Alive ? _run.Faults.AtOperation(isWrite) : null;
    }

    private void Suffer(SimulatedFault fault, string operation, string path)
    {
        _run.Trace.Add($"{Name} *** {fault} at {operation} {path}");
        switch (fault)
        {
            case SimulatedFault.Kill or SimulatedFault.PowerLoss:
                _run.Kill(this, fault);
                break;
            case SimulatedFault.Pause:
                _run.Pause(this);
                break;
            default:
                IsFaulted = true;
                throw new IOException($"Injected: {operation} '{path}' failed ({fault}).");
        }

        ThrowIfDead();
    }

    private WorkFault AtWork(string name)
    {
        var fault = Life == ProcessLife.Alive ? _run.Faults.AtWork(name.StartsWith("decide", StringComparison.Ordinal)) : WorkFault.None;
        IsFaulted |= fault != WorkFault.None;
        return fault;
    }

    private void ThrowIfDead()
    {
        if (Life == ProcessLife.Dead)
        {
            throw new ProcessDiedException($"Process {Name} is dead.");
        }
    }

    private static async ValueTask<bool> DisposeAsync(JobAttempt attempt)
    {
        await attempt.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private static T Ended<T>(ValueTask<T> task, string what) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException($"{what} waits for another thread, so that its end cannot be simulated.");
}
