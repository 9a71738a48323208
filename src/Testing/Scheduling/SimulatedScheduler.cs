using System.Globalization;
using System.Text;
using Weir.Runtime.Scheduling;
using Weir.Testing.Scheduling;

namespace Weir.Testing;

/// <summary>Drives steppers on one thread; a seed chooses who steps, when work runs and when time passes. The same seed makes the same run.</summary>
public sealed class SimulatedScheduler
{
    private static readonly double[] WorkRates = [0.03, 0.1, 0.3, 0.9];
    private static readonly double[] ClockRates = [0.03, 0.1, 0.4];

    // Every time-out in the runtime is shorter: who does not move after so much time never will.
    private static readonly TimeSpan StalledAfter = TimeSpan.FromHours(2);

    private readonly Random _random;
    private readonly SimulatedTime _time;
    private readonly SimulatedWorkPool _pool;
    private readonly SimulationTrace _trace;
    private readonly StepperChoice _choice;
    private readonly List<IStepper> _steppers;
    private readonly double _workRate;
    private readonly double _clockRate;
    private readonly bool[] _isReady;
    private TimeSpan _quiet;

    /// <summary>Makes one.</summary>
    /// <param name="steppers">What to drive.</param>
    /// <param name="seed">Decides everything that is left to chance.</param>
    /// <param name="time">The clock that the steppers read.</param>
    /// <param name="pool">Where they send what may block.</param>
    /// <param name="trace">Where each turn is recorded.</param>
    public SimulatedScheduler(IReadOnlyList<IStepper> steppers, int seed, SimulatedTime time, SimulatedWorkPool pool, SimulationTrace? trace = null)
    {
        _random = new Random(seed);
        _time = time;
        _pool = pool;
        _trace = trace ?? new SimulationTrace(false);
        _choice = new StepperChoice(_random);
        _steppers = [.. steppers];
        _isReady = new bool[_steppers.Count];
        _workRate = WorkRates[_random.Next(WorkRates.Length)];
        _clockRate = ClockRates[_random.Next(ClockRates.Length)];
        Rouse();
    }

    /// <summary>Gets a value indicating whether every stepper is done.</summary>
    public bool IsDone => _steppers.Count == 0;

    /// <summary>Gets or sets what goes wrong with a piece of work, by its name. Nothing by default.</summary>
    public Func<string, WorkFault>? WorkFaults { get; set; }

    /// <summary>Gets or sets what stands before each line of the trace.</summary>
    public string Label { get; set; } = "";

    /// <summary>Takes one turn: a stepper steps, a piece of work runs, or time passes. What a step throws is thrown on.</summary>
    /// <exception cref="SimulationStalledException">Nothing happens however much time passes.</exception>
    public void Turn()
    {
        if (IsDone)
        {
            return;
        }

        var isAnyReady = _isReady.AsSpan(0, _steppers.Count).Contains(true);
        if (_pool.Count > 0 && (!isAnyReady || _random.NextDouble() < _workRate))
        {
            RunWork();
        }
        else if (!isAnyReady)
        {
            Wait();
        }
        else if (_random.NextDouble() < _clockRate)
        {
            // Mostly a little, now and then as if the machine had been busy with something else.
            Pass(TimeSpan.FromMicroseconds(_random.Next(300) == 0 ? _random.Next(1_000_000) : _random.Next(2000)));
        }
        else
        {
            Step();
        }
    }

    /// <summary>Takes turns until all steppers are done.</summary>
    /// <param name="maxTurns">Stops a run that never ends.</param>
    /// <exception cref="SimulationStalledException">It does not end.</exception>
    public void Run(int maxTurns = 1_000_000)
    {
        for (var turn = 0; !IsDone; turn++)
        {
            if (turn == maxTurns)
            {
                throw new SimulationStalledException($"Not done after {maxTurns:N0} turns. {Describe()}");
            }

            Turn();
        }
    }

    /// <summary>Says who is left and what waits.</summary>
    /// <returns>A line for each.</returns>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"At {_time.Elapsed} these are left:");
        for (var i = 0; i < _steppers.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {_steppers[i].Name}, {(_isReady[i] ? "ready" : "idle")}");
            if (_steppers[i].ToString() is { } state && state != _steppers[i].GetType().ToString())
            {
                text.Append(CultureInfo.InvariantCulture, $": {state}");
            }
        }

        foreach (var work in _pool.Waiting)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  work that waits: {work}");
        }

        return text.ToString();
    }

    private void RunWork()
    {
        var index = _random.Next(_pool.Count);
        var name = _pool.Waiting.ElementAt(index);
        var fault = WorkFaults?.Invoke(name) ?? WorkFault.None;
        _trace.Add($"{Label}work {name}{(fault == WorkFault.None ? "" : $" ({fault})")}");
        _pool.RunOne(index, fault);
        Rouse();
    }

    private void Step()
    {
        var index = _choice.Next(_isReady.AsSpan(0, _steppers.Count));
        var stepper = _steppers[index];
        var result = stepper.Step();
        _trace.Add($"{Label}step {stepper.Name}: {result}");
        switch (result)
        {
            case StepResult.Done:
                _steppers.RemoveAt(index);
                Rouse();
                break;
            case StepResult.Progress:
                Rouse();
                break;
            default:
                _isReady[index] = false;
                break;
        }
    }

    // All are idle and no work waits: time passes in growing jumps, so that time-outs of any length come about.
    private void Wait()
    {
        if (_quiet >= StalledAfter)
        {
            throw new SimulationStalledException($"Nothing has happened for {_quiet}. {Describe()}");
        }

        var jump = _quiet < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : _quiet;
        _quiet += jump;
        Pass(jump);
    }

    private void Pass(TimeSpan time)
    {
        _trace.Add($"{Label}time {time.TotalMilliseconds} ms");
        _time.Advance(time);
        _isReady.AsSpan().Fill(true);
    }

    // Whatever changed may have been what an idle stepper waits for.
    private void Rouse()
    {
        _quiet = TimeSpan.Zero;
        _isReady.AsSpan().Fill(true);
    }
}
