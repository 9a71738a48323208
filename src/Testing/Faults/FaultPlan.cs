namespace Weir.Testing.Faults;

/// <summary>Decides by seed what goes wrong and when. Some seeds bring one kind of trouble only, some everything.</summary>
internal sealed class FaultPlan
{
    private static readonly double[] RatesPerOperation = [0, 0, 0.002, 0.01, 0.05];
    private static readonly double[] RatesAtFavourite = [0.01, 0.03, 0.1, 0.3];
    private static readonly double[] RatesPerTurn = [0, 0, 0.0005, 0.002, 0.01];
    private static readonly double[] RatesPerWork = [0, 0, 0.01, 0.1];
    private static readonly double[] RatesPerNotification = [0, 0.1, 0.5, 0.9];
    private static readonly double[] RatesOfStandstill = [0, 0.02, 0.1, 0.3];
    private static readonly double[] RatesOfHang = [0, 0, 0, 0.005, 0.05];
    private static readonly double[] RatesOfActors = [0, 0, 0.1, 0.5];

    // Where one process can hurt another: what changes names, and what looks before something changes them.
    private static readonly string?[] Favourites =
        [null, null, null, "rename", "delete", "delete directory", "create", "list", "look for", "sync directory", "lock",
            "create directory"];

    private readonly Random _random;
    private readonly int[] _counts = new int[Enum.GetValues<SimulatedFault>().Length];
    private readonly string? _favourite;
    private readonly double _deathAtFavourite;
    private readonly bool _isOnlyPauses;
    private readonly bool _neverAnswers;
    private readonly double _deathPerTurn;
    private readonly double _deathPerOperation;
    private readonly double _failurePerOperation;
    private readonly double _failurePerWork;
    private readonly double _failurePerRecord;
    private readonly double _troublePerNotification;
    private readonly double _standstill;
    private readonly double _hang;
    private readonly double _clock;
    private readonly double _consumer;
    private int _deathsLeft;
    private int _failuresLeft;
    private int _hangsLeft;

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
        _favourite = Favourites[_random.Next(Favourites.Length)];
        _deathAtFavourite = Math.Max(_deathPerOperation, Pick(RatesAtFavourite));
        _isOnlyPauses = _random.Next(3) == 0;
        _standstill = Pick(RatesOfStandstill);
        _hang = faults.Hangs ? Pick(RatesOfHang) : 0;
        _hangsLeft = _random.Next(4);
        _neverAnswers = faults.HangsForever;
        _clock = faults.JumpsClock ? Pick(RatesOfActors) : 0;
        _consumer = faults.HasConsumer ? Pick(RatesOfActors) : 0;
    }

    /// <summary>Gets how often each has happened.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Gets a value indicating whether nothing more will end or break a process.</summary>
    public bool IsOver => _deathsLeft == 0 && _failuresLeft == 0 && _hangsLeft == 0;

    /// <summary>From now on nothing fails any more.</summary>
    public void Stop() => (_deathsLeft, _failuresLeft, _hangsLeft) = (0, 0, 0);

    /// <summary>How the process dies before its next turn, or null.</summary>
    public SimulatedFault? BeforeTurn() => Happens(_deathPerTurn, ref _deathsLeft)
        ? Count(_isOnlyPauses || _random.Next(3) == 0 ? SimulatedFault.TakeOver : _random.Next(2) == 0 ? SimulatedFault.Kill
            : SimulatedFault.PowerLoss)
        : null;

    /// <summary>What happens at a file operation, or null.</summary>
    /// <param name="operation">What it does.</param>
    public (SimulatedFault Fault, bool IsAfter)? AtOperation(string operation)
    {
        if (Happens(DeathAt(operation), ref _deathsLeft))
        {
            return (Count(_isOnlyPauses ? SimulatedFault.Pause : (SimulatedFault)_random.Next(3)), _random.Next(2) == 0);
        }

        // Few operations are writes, and they can fail in more ways.
        var isWrite = operation == "write";
        if (!Happens(isWrite ? _failurePerOperation * 8 : _failurePerOperation, ref _failuresLeft))
        {
            return null;
        }

        return isWrite && _random.Next(2) == 0 ? (Count(SimulatedFault.WriteTorn), false)
            : _random.Next(2) == 0 ? (Count(SimulatedFault.OperationFailed), false)
            : (Count(SimulatedFault.OperationAnswerLost), true);
    }

    /// <summary>Whether a process that others compete with stands still at an operation, and after it or before.</summary>
    public bool? AtContest(string operation) =>
        _random.NextDouble() < (operation == _favourite ? _standstill * 3 : _standstill) && Count(SimulatedFault.Standstill) is { }
        ? _random.Next(2) == 0
        : null;

    /// <summary>Whether a call on the pool hangs at an operation, and after it or before.</summary>
    public bool? AtCall() => Happens(_hang, ref _hangsLeft) && Count(SimulatedFault.Hang) is { } ? _random.Next(2) == 0 : null;

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

    /// <summary>By how much the clock is set forward or back, or null.</summary>
    public TimeSpan? AtClock() => _random.NextDouble() < _clock && Count(SimulatedFault.ClockJump) is { }
        ? TimeSpan.FromSeconds(_random.Next(-7200, 7200))
        : null;

    /// <summary>Which of the visible files a consumer takes, or null.</summary>
    public int? AtConsumer(int count) =>
        _random.NextDouble() < _consumer && Count(SimulatedFault.Consumed) is { } ? _random.Next(count) : null;

    /// <summary>Notes what was done by others.</summary>
    public void Note(SimulatedFault fault) => Count(fault);

    /// <summary>How long a paused process sleeps, or goes on after it; in turns.</summary>
    public int PauseTurns() => _random.Next(4) switch
    {
        0 => _random.Next(4000),
        1 => _random.Next(600),
        _ => _random.Next(20),
    };

    /// <summary>How long a standstill lasts, in turns of others.</summary>
    public int StandstillTurns() => _random.Next(4) == 0 ? _random.Next(40) : _random.Next(4);

    /// <summary>How long a call hangs, in turns: mostly a while, now and then longer than the job lives.</summary>
    public long HangTurns() => _random.Next(4) switch
    {
        0 => _neverAnswers ? long.MaxValue : _random.Next(2000),
        1 => _random.Next(20_000),
        _ => _random.Next(500),
    };

    /// <summary>How late news of a completed checkpoint comes; in steps of its reader.</summary>
    public int DelaySteps() => _random.Next(1, 200);

    /// <summary>How many of a torn write's bytes are put down.</summary>
    public int TornLength(int length) => _random.Next(length);

    private double DeathAt(string operation) => operation == _favourite ? _deathAtFavourite : _deathPerOperation;

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
