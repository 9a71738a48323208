namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>A process whose calls a test writes down, with a state of each kind.</summary>
internal sealed class ScriptedProcess(
    Action<ScriptedProcess, long, ProcessContext<long, string>> onRecord,
    Action<ScriptedProcess, KeyedTimer, ProcessContext<long, string>>? onTimer = null)
    : KeyedProcess<long, (long Key, long Value), string>
{
    private ValueState<long>? _value = new();
    private ListState<long>? _list = new();
    private MapState<string, long>? _map = new();

    public ValueState<long> Value => _value!;

    public ListState<long> List => _list!;

    public MapState<string, long> Map => _map!;

    public override void OnRecord((long Key, long Value) record, ProcessContext<long, string> context) =>
        onRecord(this, record.Value, context);

    public override void OnTimer(KeyedTimer timer, ProcessContext<long, string> context) => onTimer?.Invoke(this, timer, context);

    protected override void Wire(StateBinder binder)
    {
        binder.Bind("value", ref _value);
        binder.Bind("list", ref _list);
        binder.Bind("map", ref _map);
    }
}
