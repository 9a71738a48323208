using System.Text;
using Weir.Testing.Actors;
using Weir.Testing.Faults;
using Weir.Testing.Scheduling;

namespace Weir.Testing;

/// <summary>
/// One simulation under way: jobs whose processes come and go on one machine, others who are there too, and what is watched meanwhile.
/// </summary>
internal sealed class SimulationRun
{
    private const int MaxTurns = 120_000;
    private static readonly double[] Stickiness = [0, 0.5, 0.9];

    private readonly Random _random;
    private readonly SimulatedJob _main;
    private readonly List<SimulatedJob> _jobs;
    private readonly List<IActor> _others = [];
    private readonly List<SimulatedProcess> _runnable = [];
    private readonly JobOperator? _operator;
    private readonly int _seed;
    private readonly double _stickiness;
    private SimulatedProcess? _last;
    private string? _violation;
    private bool _isSecondRun;

    public SimulationRun(SimulationScenario scenario, int seed, bool isTraced)
    {
        _seed = seed;
        _random = new Random(seed);
        Faults = new FaultPlan(_random.Next(), scenario.Faults);
        Trace = new SimulationTrace(isTraced);
        Machine = new SimulatedFileSystem(_random.Next());
        Baton = new Baton(Turn);
        foreach (var (path, text) in scenario.Inputs)
        {
            Machine.Put(path, Encoding.UTF8.GetBytes(text));
        }

        _main = new SimulatedJob(this, scenario);
        _jobs = [_main, .. scenario.Rivals.Select(rival => new SimulatedJob(this, scenario, rival, _main))];
        _others.Add(new ClockSetter(Time, Faults, Trace));
        _others.Add(new OutputConsumer(Machine, _main.Watch.Outputs, Faults, Trace));
        if (!scenario.Requests.IsEmpty)
        {
            _operator = new JobOperator(_main, scenario.Requests, _random.Next(), Faults, Trace, Machine);
        }

        _stickiness = Stickiness[_random.Next(Stickiness.Length)];
    }

    public FaultPlan Faults { get; }

    public SimulatedFileSystem Machine { get; }

    public SimulatedTime Time { get; } = new();

    public SimulationTrace Trace { get; }

    public Baton Baton { get; }

    /// <summary>Gets the number of turns so far.</summary>
    public int Turns { get; private set; }

    /// <summary>Gets a value indicating whether more than one process lives, so that one may come in another's way.</summary>
    public bool IsContested { get; private set; }

    /// <summary>Gets a value indicating whether more than one process has ever lived at the same time.</summary>
    public bool WasContested { get; private set; }

    /// <summary>The savepoint that a process was stopped with; null for none.</summary>
    public string? StoppedWith(SimulatedProcess process) => _operator?.StoppedWith(process);

    public int NextSeed() => _random.Next();

    public int NextParallelism() => _random.Next(1, 5);

    /// <summary>The id of the job's life, should it begin with the next attempt.</summary>
    public RunId NextRunId() => new(((ulong)(uint)_random.Next() << 32) | (uint)_random.Next());

    public SimulationResult Run()
    {
        try
        {
            Baton.Run();
        }
        finally
        {
            Tripwire.Set(null);
        }

        var watch = _main.Watch;
        return new SimulationResult(
            _seed, _violation, Faults.Counts, Turns, watch.Attempts, watch.Recoveries, watch.Checkpoints, watch.Rows, Trace.Lines);
    }

    /// <summary>Notes the first thing that was wrong: the simulation ends with it.</summary>
    public void Violate(string what)
    {
        Trace.Add($"!!! {what}");
        _violation ??= what;
    }

    /// <summary>A file operation of a process has taken effect.</summary>
    public void OnChanged(SimulatedProcess process, string operation, string path)
    {
        foreach (var job in _jobs)
        {
            job.OnChanged(process, operation, path);
        }
    }

    /// <summary>The machine loses power: all processes are gone, and what was not made durable may be.</summary>
    public void LosePower()
    {
        foreach (var process in _jobs.SelectMany(job => job.Processes))
        {
            process.Die();
        }

        Machine.Crash();
        _jobs.ForEach(job => job.Watch.Forget());
    }

    private TurnEnd Turn()
    {
        if (_violation is null && Turns++ < MaxTurns && TakeTurn() is { } end)
        {
            return end;
        }

        if (_violation is null && Turns >= MaxTurns)
        {
            Violate($"Not done after {MaxTurns:N0} turns. {_main.Current?.Describe()}");
        }

        if (_violation is null && EndsRun())
        {
            return TurnEnd.More;
        }

        foreach (var process in _jobs.SelectMany(job => job.Processes))
        {
            process.Unwind();
        }

        return TurnEnd.Last;
    }

    /// <summary>Takes a turn. Null when there are no more.</summary>
    private TurnEnd? TakeTurn()
    {
        if (_random.Next(64) == 0)
        {
            _others[_random.Next(_others.Count)].Act();
            _jobs.ForEach(job => job.Watch.Look());
        }

        if (_operator is not null && _random.Next(32) == 0)
        {
            _operator.Act();
        }

        _runnable.Clear();
        foreach (var job in _jobs)
        {
            job.AddRunnable(_runnable);
        }

        if (_runnable.Count == 0)
        {
            // A process that was believed dead may outlive the job, and must do no harm then either; when all are gone, the run ends.
            return _jobs.Exists(job => !job.IsOver || job.HasZombies) ? TurnEnd.More : null;
        }

        IsContested = CountLiving() > 1;
        WasContested |= IsContested;
        var process = Choose();
        _last = process;
        if (process.Job.Turn(process) == TurnEnd.HandedOver)
        {
            return TurnEnd.HandedOver;
        }

        foreach (var job in _jobs)
        {
            job.Look();
            job.Watch.Look();
        }

        _operator?.Look();
        return TurnEnd.More;
    }

    private int CountLiving()
    {
        var living = 0;
        foreach (var job in _jobs)
        {
            living += job.Living.Count;
        }

        return living;
    }

    private SimulatedProcess Choose()
    {
        if (_runnable.Count == 1)
        {
            return _runnable[0];
        }

        return _last is not null && _runnable.Contains(_last) && _random.NextDouble() < _stickiness ? _last
            : _main.Current is { MayAct: true } current && _random.Next(2) == 0 ? current
            : _runnable[_random.Next(_runnable.Count)];
    }

    /// <summary>The job is done and nobody is left. True if it is started once more.</summary>
    private bool EndsRun()
    {
        var hadZombies = _main.Processes.Any(process => process.WasZombie);

        if (!hadZombies || _isSecondRun)
        {
            _jobs.ForEach(job => job.Watch.LookForLeftovers());
        }

        // Everything that was promised must be on the disk, not only in the operating system's memory.
        LosePower();
        _jobs.ForEach(job => job.Watch.LookAtEnd());
        _operator?.LookAtEnd();

        // A job that is done and started again has nothing to do, and must know it; and it cleans up after those that nobody cleaned up
        // after.
        if (_isSecondRun || _violation is not null || !(hadZombies || _random.Next(4) == 0))
        {
            return false;
        }

        _isSecondRun = true;
        Faults.Stop();
        _main.Reopen();
        return true;
    }
}
