using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Plays items on a process and lists what came out: plain, or restored before every item.</summary>
internal sealed class ProcessScript
{
    public static readonly SideOutput<long> Whole = new("whole");
    public static readonly SideOutput<string> Text = new("text");

    private readonly bool _crash;

    public ProcessScript(
        bool crash,
        Action<ScriptedProcess, long, ProcessContext<long, string>> onRecord,
        Action<ScriptedProcess, KeyedTimer, ProcessContext<long, string>>? onTimer = null)
    {
        _crash = crash;
        Harness = new(StageOf(onRecord, onTimer));
    }

    public ProcessHarness<(long Key, long Value)> Harness { get; }

    public static Stage StageOf(
        Action<ScriptedProcess, long, ProcessContext<long, string>> onRecord,
        Action<ScriptedProcess, KeyedTimer, ProcessContext<long, string>>? onTimer = null)
    {
        var results = new Job("script").From(new MemorySource<(long Key, long Value)>([])).KeyBy(record => record.Key)
            .Process(() => new ScriptedProcess(onRecord, onTimer));
        results.Side(Whole);
        results.Side(Text);
        return results.Stage;
    }

    public ProcessScript Record(long key, long value, long time)
    {
        Crash();
        Harness.Records(((key, value), time));
        return this;
    }

    public ProcessScript Watermark(long time)
    {
        Crash();
        Harness.Watermark(time);
        return this;
    }

    public ProcessScript Clock(long time)
    {
        Crash();
        Harness.Clock(time);
        return this;
    }

    /// <summary>What came out since it was asked last.</summary>
    public string Came() => string.Join(' ', Harness.Take());

    public OperatorState Snapshot() => Harness.Snapshot();

    private void Crash()
    {
        if (_crash)
        {
            Harness.Restore(Harness.Snapshot());
        }
    }
}
