using System.Globalization;
using System.Text;
using Weir.Runtime.Scheduling;
using Weir.Testing.Scheduling;

namespace Weir.Testing;

/// <summary>
/// Drives steppers on one thread; a seed chooses who steps, when work runs and when time passes. The same seed makes the same run.
/// </summary>
internal sealed class SimulatedScheduler
{
    private static readonly double[] WorkRates = [0.03, 0.1, 0.3, 0.9];
    private static readonly double[] ClockRates = [0.03, 0.1, 0.4];

    private readonly Random _random;
    private readonly SimulatedTime _time;
    private readonly SimulatedWorkPool _pool;
    private readonly SimulationTrace _trace;
    private readonly StepperChoice _choice;
    private readonly List<Seat> _seats;
    private readonly double _workRate;
    private readonly double _clockRate;
    private readonly bool[] _isReady;

    /// <summary>Makes one.</summary>
    /// <param name="steppers">What to drive.</param>
    /// <param name="seed">Decides everything that is left to chance.</param>
    /// <param name="time">The clock that the steppers read.</param>
    /// <param name="pool">Where they send what may block.</param>
    /// <param name="trace">Where each turn is recorded.</param>
    public SimulatedScheduler(
        IReadOnlyList<IStepper> steppers, int seed, SimulatedTime time, SimulatedWorkPool pool, SimulationTrace? trace = null)
    {
        _random = new Random(seed);
        _time = time;
        _pool = pool;
        _trace = trace ?? new SimulationTrace(false);
        _choice = new StepperChoice(_random);
        _seats = [.. steppers.Select(stepper => new Seat(stepper))];
        _isReady = new bool[_seats.Count];
        _workRate = WorkRates[_random.Next(WorkRates.Length)];
        _clockRate = ClockRates[_random.Next(ClockRates.Length)];
    }

    /// <summary>Gets a value indicating whether every stepper is done.</summary>
    public bool IsDone => _seats.Count == 0;

    /// <summary>Gets or sets what goes wrong with a piece of work, by its name. Nothing by default.</summary>
    public Func<string, WorkFault>? WorkFaults { get; set; }

    /// <summary>Gets or sets what stands before each line of the trace.</summary>
    public string Label { get; set; } = "";

    /// <summary>Takes one turn: a stepper steps, a piece of work runs, or time passes. What a step throws is thrown on.</summary>
    /// <exception cref="SimulationStalledException">All wait, and neither work nor a deadline nor a timer will ever wake one.</exception>
    public void Turn()
    {
        if (IsDone)
        {
            return;
        }

        var isAnyReady = FindReady().Contains(true);
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
        foreach (var seat in _seats)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {seat.Stepper.Name}, {(seat.IsReady(_time) ? "ready" : "idle")}");
            if (seat.Stepper.ToString() is { } state && state != seat.Stepper.GetType().ToString())
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
        var name = _pool.NameOf(index);
        var fault = WorkFaults?.Invoke(name) ?? WorkFault.None;
        _trace.Add($"{Label}work {name}{(fault == WorkFault.None ? "" : $" ({fault})")}");
        _pool.RunOne(index, fault);

        // As in production: the end of work wakes everybody.
        foreach (var seat in _seats)
        {
            seat.Wake();
        }
    }

    private void Step()
    {
        var index = _choice.Next(_isReady.AsSpan(0, _seats.Count));
        var seat = _seats[index];
        var result = seat.Step();
        _trace.Add($"{Label}step {seat.Stepper.Name}: {result}");
        if (result.IsDone)
        {
            _seats.RemoveAt(index);
        }
    }

    // All wait and no work is under way: only time can wake one, so it comes to the next moment that anybody waits for.
    private void Wait()
    {
        var next = _time.NextTimer ?? TimeSpan.MaxValue;
        foreach (var seat in _seats)
        {
            next = seat.Left(_time) is var left && left < next ? left : next;
        }

        if (next == TimeSpan.MaxValue)
        {
            throw new SimulationStalledException($"Nobody will ever be woken. {Describe()}");
        }

        Pass(next);
    }

    private void Pass(TimeSpan time)
    {
        _trace.Add($"{Label}time {time.TotalMilliseconds} ms");
        _time.Advance(time);
    }

    private ReadOnlySpan<bool> FindReady()
    {
        for (var i = 0; i < _seats.Count; i++)
        {
            _isReady[i] = _seats[i].IsReady(_time);
        }

        return _isReady.AsSpan(0, _seats.Count);
    }

    /// <summary>
    /// A stepper and what it waits for. Strict: an idle one is stepped only when woken or due, so that a wake that is missing is found.
    /// </summary>
    private sealed class Seat
    {
        private Deadline _next;
        private bool _isWoken = true;

        public Seat(IStepper stepper)
        {
            Stepper = stepper;
            stepper.Wake = Wake;
        }

        public IStepper Stepper { get; }

        public bool IsReady(TimeProvider time) => _isWoken || Left(time) == TimeSpan.Zero;

        public TimeSpan Left(TimeProvider time) => _next.Left(time);

        public void Wake() => _isWoken = true;

        public StepResult Step()
        {
            // Before the step: it may wake itself.
            _isWoken = false;
            var result = Stepper.Step();
            _isWoken |= result.IsProgress;
            _next = result.IsIdle ? result.Next : Deadline.Never;
            return result;
        }
    }
}
