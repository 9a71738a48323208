namespace Weir.Testing.Faults;

/// <summary>Decides by seed what goes wrong and when. Some seeds bring one kind of trouble only, some everything.</summary>
internal sealed class FaultPlan
{
    private static readonly double[] RatesPerOperation = [0, 0, 0.002, 0.01, 0.05];
    private static readonly double[] RatesPerTurn = [0, 0, 0.0005, 0.002, 0.01];
    private static readonly double[] RatesPerWork = [0, 0, 0.01, 0.1];
    private static readonly double[] RatesPerNotification = [0, 0.1, 0.5, 0.9];

    private readonly Random _random;
    private readonly int[] _counts = new int[Enum.GetValues<SimulatedFault>().Length];
    private readonly double _deathPerTurn;
    private readonly double _deathPerOperation;
    private readonly double _failurePerOperation;
    private readonly double _failurePerWork;
    private readonly double _failurePerRecord;
    private readonly double _troublePerNotification;
    private int _deathsLeft;
    private int _failuresLeft;

    public FaultPlan(int seed, SimulationFaults faults)
    {
        _random = new Random(seed);
        _deathsLeft = _random.Next(faults.MaxDeaths + 1);
        _failuresLeft = _random.Next(faults.MaxFailures + 1);
        _deathPerTurn = Pick(RatesPerTurn);
        _deathPerOperation = Pick(RatesPerOperation);
        _failurePerOperation = Pick(RatesPerOperation);
        _failurePerWork = Pick(RatesPerWork);
        _failurePerRecord = Pick(RatesPerOperation) / 10;
        _troublePerNotification = faults.LosesNotifications ? Pick(RatesPerNotification) : 0;
    }

    /// <summary>Gets how often each has happened.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>From now on nothing fails any more.</summary>
    public void Stop() => (_deathsLeft, _failuresLeft) = (0, 0);

    /// <summary>How the process dies before its next turn, or null.</summary>
    public SimulatedFault? BeforeTurn() => Happens(_deathPerTurn, ref _deathsLeft) ? Count(_random.Next(2) == 0 ? SimulatedFault.Kill : SimulatedFault.PowerLoss) : null;

    /// <summary>What happens at a file operation, or null.</summary>
    /// <param name="isWrite">Whether it appends bytes.</param>
    public (SimulatedFault Fault, bool IsAfter)? AtOperation(bool isWrite)
    {
        if (Happens(_deathPerOperation, ref _deathsLeft))
        {
            return (Count((SimulatedFault)_random.Next(3)), _random.Next(2) == 0);
        }

        // Few operations are writes, and they can fail in more ways.
        if (!Happens(isWrite ? _failurePerOperation * 8 : _failurePerOperation, ref _failuresLeft))
        {
            return null;
        }

        return isWrite && _random.Next(2) == 0 ? (Count(SimulatedFault.WriteTorn), false)
            : _random.Next(2) == 0 ? (Count(SimulatedFault.OperationFailed), false)
            : (Count(SimulatedFault.OperationAnswerLost), true);
    }

    /// <summary>What goes wrong with a piece of work.</summary>
    /// <param name="isDecision">Whether a checkpoint comes to exist by it: where mistakes cost most.</param>
    public WorkFault AtWork(bool isDecision)
    {
        if (!Happens(isDecision ? _failurePerWork * 5 : _failurePerWork, ref _failuresLeft))
        {
            return WorkFault.None;
        }

        var isBefore = _random.Next(2) == 0;
        Count(isBefore ? SimulatedFault.WorkFailed : SimulatedFault.WorkAnswerLost);
        return isBefore ? WorkFault.FailBefore : WorkFault.FailAfter;
    }

    public bool AtRecord() => Happens(_failurePerRecord, ref _failuresLeft) && Count(SimulatedFault.UserFunctionFailed) is { };

    /// <summary>What happens to news of a completed checkpoint, or null.</summary>
    public SimulatedFault? AtNotification() =>
        _random.NextDouble() < _troublePerNotification ? Count(SimulatedFault.NotificationLost + _random.Next(3)) : null;

    /// <summary>How long a paused process sleeps, or goes on after it; in turns.</summary>
    public int PauseTurns() => _random.Next(2) == 0 ? _random.Next(20) : _random.Next(600);

    /// <summary>How late news of a completed checkpoint comes; in steps of its reader.</summary>
    public int DelaySteps() => _random.Next(1, 200);

    /// <summary>How many of a torn write's bytes are put down.</summary>
    public int TornLength(int length) => _random.Next(length);

    private bool Happens(double rate, ref int left)
    {
        if (left == 0 || rate == 0 || _random.NextDouble() >= rate)
        {
            return false;
        }

        left--;
        return true;
    }

    private SimulatedFault Count(SimulatedFault fault)
    {
        _counts[(int)fault]++;
        return fault;
    }

    private double Pick(double[] rates) => rates[_random.Next(rates.Length)];
}
