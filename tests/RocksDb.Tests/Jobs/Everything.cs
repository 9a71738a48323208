namespace Weir.RocksDbState.Tests.Jobs;

/// <summary>A process with state of every kind: what it tells of a record depends on all of it.</summary>
internal sealed class Everything : KeyedProcess<long, long, string>
{
    public const long TimerAfter = 1_000_000_000;

    public static readonly StateTtl Long = StateTtl.Of(TimeSpan.FromDays(100));

    private readonly ValueState<long> _last = new();
    private readonly ListState<long> _recent = new();
    private readonly MapState<long, long> _byDigit = new();
    private readonly ReducingState<long> _greatest = new(Math.Max);
    private readonly AggregatingState<long, long, string> _sum = new(new Sum());
    private readonly ValueState<long> _agedLast = new(Long);
    private readonly ListState<long> _agedRecent = new(Long);
    private readonly MapState<long, long> _agedByDigit = new(Long);
    private readonly ReducingState<long> _agedGreatest = new(Math.Max, Long);
    private readonly AggregatingState<long, long, string> _agedSum = new(new Sum(), Long);
    private readonly OperatorListState<long> _hundreds = new();

    /// <summary>Numbers by what is left of them, and what it tells of each.</summary>
    [Pipeline]
    public static void Define(Job job, ISource<long> numbers, ISink<string> told) => job
        .From(numbers)
        .WithEventTime(n => n, maxDisorder: TimeSpan.FromSeconds(1))
        .KeyBy(n => n % 17)
        .Process(() => new Everything()).Id("everything")
        .To(told);

    public override void OnRecord(long number, ProcessContext<long, string> context)
    {
        _last.Value = _agedLast.Value = number;
        _recent.Add(number);
        _agedRecent.Add(number);
        if (_recent.Count > 5)
        {
            _recent.RemoveAt(0);
            _agedRecent.RemoveAt(0);
        }

        _byDigit[number % 10] = _agedByDigit[number % 10] = number;
        _greatest.Add(number % 100);
        _agedGreatest.Add(number % 100);
        _sum.Add(number);
        _agedSum.Add(number);
        if (number % 100 == 0)
        {
            _hundreds.Add(number);
        }

        // Fires when all input has ended, however often the job was stopped before.
        context.RegisterEventTimer(TimerAfter + number, $"t{number % 3}");
        context.Emit(Told(context.Key));
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context) =>
        context.Emit($"timer {timer.Name} {timer.Time} {Told(context.Key)}");

    private string Told(long key)
    {
        var digits = string.Join(' ', _byDigit.Select(entry => $"{entry.Key}:{entry.Value}"));
        var aged = string.Join(' ', _agedByDigit.Select(entry => $"{entry.Key}:{entry.Value}"));
        return $"{key} {_last.Value} {_agedLast.Value} [{string.Join(' ', _recent)}] [{string.Join(' ', _agedRecent)}] {digits} {aged} "
            + $"{_greatest.Value} {_agedGreatest.Value} {_sum.Value} {_agedSum.Value}";
    }

    private sealed class Sum : IAggregate<long, long, string>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in long record) => accumulator += record;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public string Result(in long accumulator) => $"={accumulator}";
    }
}
