using System.Text;
using Weir.Runtime;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Testing.Actors;
using Weir.Testing.Faults;
using Weir.Testing.Oracles;

namespace Weir.Testing;

/// <summary>One simulation under way: processes that run the job one after the other on one machine, and what is watched meanwhile.</summary>
internal sealed class SimulationRun
{
    public const string CheckpointDirectory = "/checkpoints";
    private const int MaxTurns = 400_000;

    private readonly Random _random;
    private readonly SimulatedFileSystem _machine;
    private readonly List<SimulatedProcess> _zombies = [];
    private readonly int _seed;
    private SimulatedProcess? _current;
    private bool _isDone;
    private int _processes;
    private int _turns;

    public SimulationRun(SimulationScenario scenario, int seed, bool isTraced)
    {
        Scenario = scenario;
        _seed = seed;
        _random = new Random(seed);
        Faults = new FaultPlan(_random.Next(), scenario.Faults);
        Trace = new SimulationTrace(isTraced);
        _machine = new SimulatedFileSystem(_random.Next());
        Watch = new SimulationWatch(_machine, scenario.Expected, Trace);
        foreach (var (path, text) in scenario.Inputs)
        {
            _machine.Put(path, Encoding.UTF8.GetBytes(text));
        }
    }

    public SimulationScenario Scenario { get; }

    public FaultPlan Faults { get; }

    public SimulatedTime Time { get; } = new();

    public SimulationTrace Trace { get; }

    public SimulationWatch Watch { get; }

    private bool HasEnded => _isDone || Watch.Violation is not null;

    /// <summary>How parallel the next process runs the job.</summary>
    public int NextParallelism() => Scenario.Rescales ? _random.Next(1, 5) : Scenario.Options.Parallelism;

    /// <summary>The id of the job's life, should it begin with the next attempt.</summary>
    public RunId NextRunId() => new(((ulong)(uint)_seed << 32) | (uint)_processes);

    public SimulationResult Run()
    {
        try
        {
            RunToEnd();
            if (Watch.Violation is null && _random.Next(4) == 0)
            {
                // A job that is done and started again has nothing to do, and must know it.
                Faults.Stop();
                _isDone = false;
                RunToEnd();
            }
        }
        finally
        {
            Tripwire.Set(null);
        }

        return new SimulationResult(
            _seed, Watch.Violation, Faults.Counts, _turns, Watch.Attempts, Watch.Recoveries, Watch.Checkpoints, Watch.Rows, Trace.Lines);
    }

    /// <summary>Ends a process without a word; with the machine, all the others too.</summary>
    public void Kill(SimulatedProcess process, SimulatedFault how)
    {
        process.Die();
        if (how == SimulatedFault.PowerLoss)
        {
            LosePower();
        }
    }

    /// <summary>Lets a process stand still in the middle of an operation while its successor takes over, then go on.</summary>
    public void Pause(SimulatedProcess process)
    {
        process.Life = ProcessLife.Paused;
        process.IsContender = process.Scheduler is null;
        process.Files.ReleaseLocks();
        _zombies.Add(process);
        _current = null;
        for (var turns = Faults.PauseTurns(); turns > 0 && !HasEnded && process.Life == ProcessLife.Paused; turns--)
        {
            Turn();
        }

        if (process.Life == ProcessLife.Paused)
        {
            process.Life = ProcessLife.Zombie;
            process.TurnsLeft = Faults.PauseTurns();
            Trace.Add($"{process.Name} *** goes on");
        }
    }

    private void RunToEnd()
    {
        while (!HasEnded)
        {
            Turn();
        }

        // A process that was believed dead may outlive the job, and must do no harm then either.
        while (Watch.Violation is null && _zombies.Exists(zombie => zombie.Life == ProcessLife.Zombie))
        {
            TurnZombie();
        }

        // Everything that was promised must be on the disk, not only in the operating system's memory.
        LosePower();
        if (_isDone)
        {
            Watch.LookAtEnd(mayLeave: _zombies.Count > 0);
        }
    }

    private void Turn()
    {
        if (++_turns > MaxTurns)
        {
            Watch.Violate($"Not done after {MaxTurns:N0} turns. {_current?.Scheduler?.Describe()}");
            return;
        }

        if (_random.Next(3) == 0 && _zombies.Exists(zombie => zombie.Life == ProcessLife.Zombie))
        {
            TurnZombie();
        }
        else
        {
            _current ??= new SimulatedProcess(this, ++_processes, _machine);
            TurnOf(_current);
        }

        Watch.Look();
    }

    private void TurnOf(SimulatedProcess process)
    {
        try
        {
            if (process.Scheduler is null)
            {
                process.Begin(_random.Next());
            }
            else if (Faults.BeforeTurn() is { } death)
            {
                Trace.Add($"{process.Name} *** {death}");
                Kill(process, death);
            }
            else
            {
                Tripwire.Set(() => Trips(process));
                process.Scheduler.Turn();
                CheckWatermarks(process);
            }

            if (process is { Life: ProcessLife.Alive, Scheduler.IsDone: true })
            {
                process.End();
                process.Dispose();
                _isDone = true;
            }
        }
#pragma warning disable CA1031 // Whatever a turn throws ends the attempt, or is what the simulation was to find.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            OnFailure(process, failure);
        }

        if (process.Life == ProcessLife.Dead && _current == process)
        {
            _current = null;
        }
    }

    private void CheckWatermarks(SimulatedProcess process)
    {
        if (process.FindWatermarkThatWentBack() is { } wrong)
        {
            Watch.Violate(wrong);
        }
    }

    private void TurnZombie()
    {
        var living = _zombies.FindAll(zombie => zombie.Life == ProcessLife.Zombie);
        var zombie = living[_random.Next(living.Count)];
        if (zombie.Scheduler is { IsDone: false } scheduler && zombie.TurnsLeft-- > 0)
        {
            try
            {
                Tripwire.Set(null);
                scheduler.Turn();
            }
#pragma warning disable CA1031 // A process that was replaced may fail in any way that does no harm.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                OnFailure(zombie, failure);
            }
        }
        else
        {
            zombie.Die();
        }

        Watch.Look();
    }

    private void OnFailure(SimulatedProcess process, Exception failure)
    {
        Trace.Add($"{process.Name} fails: {failure}");
        if (failure is InvariantException)
        {
            Watch.Violate($"{process.Name} broke an invariant. {failure}");
        }
        else if (process.Life == ProcessLife.Alive)
        {
            if (!process.IsFaulted && !IsExcused(failure))
            {
                Watch.Violate($"{process.Name} failed although nothing had been done to it. {failure}");
            }

            Restart(process);
        }
        else if (process.Life == ProcessLife.Zombie)
        {
            process.Die();
        }
    }

    // Against a process that comes back before it has begun its attempt one can lose the job by rights; and who sets short time-outs gets failures.
    private bool IsExcused(Exception failure) =>
        _zombies.Exists(zombie => zombie.IsContender)
        || (failure is CheckpointException && Scenario.Options.CheckpointTimeout < TimeSpan.FromMinutes(1));

    // As the job's own loop does: what the attempt held is let go, then the same process tries again, or another.
    private void Restart(SimulatedProcess process)
    {
        try
        {
            process.End();
        }
#pragma warning disable CA1031 // The attempt has failed already.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Trace.Add($"{process.Name} fails at the end: {failure.Message}");
        }

        if (process.Life == ProcessLife.Alive && _random.Next(2) == 0)
        {
            process.Dispose();
        }

        Time.Advance(TimeSpan.FromMilliseconds(_random.Next(2000)));
    }

    private bool Trips(SimulatedProcess process)
    {
        if (process.Life != ProcessLife.Alive || !Faults.AtRecord())
        {
            return false;
        }

        Trace.Add($"{process.Name} *** {SimulatedFault.UserFunctionFailed}");
        return process.IsFaulted = true;
    }

    private void LosePower()
    {
        foreach (var zombie in _zombies)
        {
            zombie.Die();
        }

        _machine.Crash();
        Watch.Forget();
    }
}
