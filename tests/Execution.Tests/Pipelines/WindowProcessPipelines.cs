namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows whose contents go to a process: records, or what an aggregate made of them.</summary>
internal static class WindowProcessPipelines
{
    private static readonly SideOutput<string> Odd = new("odd");

    [Pipeline]
    public static void Records(Job job, ISource<Reading> source, ISink<string> sink, int least)
    {
        var timed = job.From(source).WithEventTime(r => r.Time, TimeSpan.FromDays(1));
        timed.Where(r => r.Level > least).KeyBy(r => (r.Sensor, r.Colour)).Window(Tumbling.Of(TimeSpan.FromMicroseconds(20)))
            .Process((records, context) => records.Select(r => $"{context.Key} {context.Window.StartTime} {r.Level}"))
            .Union(timed.KeyBy(r => r.Sensor).Window(CountWindow.Of(3))
                .Process((records, context) => new[] { $"{context.Key} {records.Count} {records[0].Level}" }))
            .To(sink);
    }

    [Pipeline]
    public static void Accumulators(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var windows = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.FromDays(1))
            .KeyBy(r => r.Sensor)
            .Window(SessionWindow.WithGap(TimeSpan.FromMicroseconds(5)))
            .LateTo(out var late);
        var counted = windows.Aggregate(new RetractingPipelines.Levels(), () => new Counter());
        counted.Union(counted.Side(Odd), late.Select(r => $"late {r.Sensor}")).To(sink);
    }

    [Pipeline]
    public static void Shared(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .Where(r => r.Level > 0)
        .KeyBy(r => r.Sensor)
        .Window(CountWindow.Of(4, 2))
        .Aggregate(new RetractingPipelines.Levels(), (level, context) => new[] { $"{context.Key} {level}" })
        .To(sink);

    [Pipeline]
    public static void Best(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromHours(1))
        .WindowAll(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
        .TopN(2, r => (r.Level, r.Time, r.Sensor), (_, window, rank, r) => $"{window.StartTime} {rank} {r.Level}")
        .Where(text => text.Length > 0)
        .To(sink);

    internal sealed class Counter : WindowProcess<long, string, string>
    {
        private readonly ValueState<int> _fired = new();

        public override void OnFire(long input, WindowContext<string, string> context)
        {
            _fired.Value++;
            context.Emit($"{context.Key} {context.Window} {input}");
            if (input % 2 != 0)
            {
                context.Emit(Odd, $"odd {context.Key}");
            }
        }
    }
}
