using Weir;

namespace Corpus;

public static class Processes
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var keyed = job.From(trades).WithEventTime(t => t.Time, TimeSpan.Zero).KeyBy(t => t.Symbol);
        keyed.Process(() => new Drawing());
        keyed.Window(new Guessing()).Trigger(new Hurrying()).Evict(new Forgetting()).Aggregate(g => g.Count());
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(1))).Process(() => new Naming());
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(1))).Reduce((a, b) => DateTime.Now.Hour > 3 ? a : b); // WEIR1001
        job.From(trades).Split(t => Random.Shared.Next() > 3, out var rest); // WEIR1002
        job.From(trades).Partition((t, subtasks) => Environment.ProcessorCount % subtasks); // WEIR1003
        keyed.Process(() => new Calm());
    }
}

public abstract class Between : KeyedProcess<string, Trade, long>
{
    protected static long Now() => DateTime.UtcNow.Ticks; // WEIR1001
}

public sealed class Drawing : Between
{
    private readonly ValueState<long> _seen = new();

    public override void OnRecord(Trade record, ProcessContext<string, long> context)
    {
        _seen.Value = Now();
        context.Emit(Random.Shared.Next()); // WEIR1002
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, long> context)
    {
        context.Emit(Environment.TickCount64); // WEIR1001
        _seen.Clear();
    }
}

public sealed class Calm : Between
{
    private readonly ListState<Trade> _trades = new();

    public override void OnRecord(Trade record, ProcessContext<string, long> context)
    {
        _trades.Add(record);
        context.RegisterEventTimer(context.Watermark + 1);
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<string, long> context)
    {
        context.Emit(_trades.Count + context.ProcessingTime);
        _trades.Clear();
    }
}

public sealed class Hurrying : Trigger<Trade, int>
{
    public override TriggerResult OnRecord(Trade record, long time, ref int state, TriggerContext context) =>
        DateTime.UtcNow.Ticks > ++state ? TriggerResult.Fire : TriggerResult.Wait; // WEIR1001

    public override TriggerResult OnEventTime(long time, ref int state, TriggerContext context) =>
        Random.Shared.Next() > 1 ? TriggerResult.Fire : TriggerResult.Wait; // WEIR1002
}

public sealed class Forgetting : Evictor<Trade>
{
    public override void Evict(List<WindowRecord<Trade>> records, EvictionContext context) =>
        records.RemoveRange(0, Random.Shared.Next(records.Count)); // WEIR1002
}

public sealed record Guessing : CustomWindows
{
    public override IEnumerable<TimeWindow> WindowsOf(long time) =>
        [new TimeWindow(time, time + Environment.ProcessorCount)]; // WEIR1003
}

public sealed class Naming : WindowProcess<IReadOnlyList<Trade>, string, string>
{
    public override void OnFire(IReadOnlyList<Trade> input, WindowContext<string, string> context) =>
        context.Emit(Environment.MachineName + input.Count); // WEIR1003
}
