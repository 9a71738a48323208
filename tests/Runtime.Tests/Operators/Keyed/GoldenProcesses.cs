namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>The process of a golden script with one input. Its states are wired by hand, through the contract of the generator.</summary>
internal sealed class GoldenProcess : KeyedProcess<long, (long Key, long Value), string>
{
    private readonly GoldenRules _rules;
    private readonly GoldenRules.States _states;
    private ValueState<long>? _count = new();
    private ValueState<long>? _chain = new();

    static GoldenProcess() => StateFields.Register<GoldenProcess>(static (process, binder) =>
    {
        binder.Bind("_count", ref process._count);
        binder.Bind("_chain", ref process._chain);
    });

    public GoldenProcess(GoldenRules rules) => (_rules, _states) = (rules, new(_count!, _chain!));

    public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context) =>
        _rules.OnElement(1, record.Value, _states, context);

    public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context) => _rules.OnTimer(timer, _states, context);
}

/// <summary>The process of a golden script with two inputs.</summary>
internal sealed class GoldenProcessOfTwo : KeyedProcess<long, (long Key, long Value), (long Key, long Value), string>
{
    private readonly GoldenRules _rules;
    private readonly GoldenRules.States _states;
    private ValueState<long>? _count = new();
    private ValueState<long>? _chain = new();

    static GoldenProcessOfTwo() => StateFields.Register<GoldenProcessOfTwo>(static (process, binder) =>
    {
        binder.Bind("_count", ref process._count);
        binder.Bind("_chain", ref process._chain);
    });

    public GoldenProcessOfTwo(GoldenRules rules) => (_rules, _states) = (rules, new(_count!, _chain!));

    public override void OnLeft((long Key, long Value) record, ProcessContext<long, string> context) =>
        _rules.OnElement(1, record.Value, _states, context);

    public override void OnRight((long Key, long Value) record, ProcessContext<long, string> context) =>
        _rules.OnElement(2, record.Value, _states, context);

    public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context) => _rules.OnTimer(timer, _states, context);
}
