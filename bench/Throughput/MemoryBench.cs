using System.Globalization;
using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>W1 and W2 from memory, one thread, beside the hand-written loops.</summary>
internal static class MemoryBench
{
    private const int Events = 50_000_000;
    private const int LapEvents = 20_000_000;
    private const int WanderingEvents = 20_000_000;

    /// <summary>Runs the workloads whose name begins so; all for an empty text.</summary>
    public static void Run(TextWriter output, string only)
    {
        Comparison.PrintHead(output);
        foreach (var (name, run) in Workloads)
        {
            if (name.StartsWith(only, StringComparison.OrdinalIgnoreCase))
            {
                run(output);
            }
        }
    }

    private static IEnumerable<(string Name, Action<TextWriter> Run)> Workloads =>
    [
        ("W1", output => W1(Gen.Events(Events, 1000), output)),
        ("W2-1k", output => W2("W2-1k tumbling 1 s, 1,000 keys", Gen.Events(Events, 1000), output)),
        ("W2-1M", output => W2("W2-1M tumbling 1 s, 1,000,000 keys", Gen.Events(Events, 1_000_000), output)),
        ("W3", output => SlidingBench.W3(Gen.Events(Events, 1000), output)),
        ("slides", output => SlidingBench.Ratios(Gen.Events(LapEvents, 100), output)),
        ("late", output => SlidingBench.Late(Gen.Events(LapEvents, 1000), output)),
        ("W4", output => SessionBench.W4(Gen.Events(LapEvents, 10_000, sessions: true), output)),
        ("sessions open", output => SessionBench.Open(Gen.Events(LapEvents, 1000), output)),
        ("counts", output => SessionBench.Counts(Gen.Events(LapEvents, 1000), output)),
        ("pause", PauseBench.Run),
        ("barriers", BarrierBench.Run),
        ("snapshots", CheckpointBench.Run),
        ("keyed job", KeyedJobBench.Run),
        ("open windows 1", output => OpenWindows("10,000 open windows, 1 key each", 1, output)),
        ("open windows 1k", output => OpenWindows("10,000 open windows, 1,000 keys each", 1000, output)),
        ("two subtasks W2-1k", output => TwoSubtasks("W2-1k, two subtasks", Gen.Events(Events, 1000), output)),
        ("two subtasks W2-1M", output => TwoSubtasks("W2-1M, two subtasks", Gen.Events(Events, 1_000_000), output)),
        ("checkpoints W2-1k", output => Checkpointed("W2-1k, checkpoints", Gen.Events(LapEvents, 1000), laps: 15, output)),
        ("checkpoints W2-1M", output => Checkpointed("W2-1M, checkpoints", Gen.Events(LapEvents, 1_000_000), laps: 3, output)),
    ];

    private static void W1(Event[] events, TextWriter output) => new Comparison("W1 filter, map, filter, sum", Events)
        .With("hand-written row loop", () => HandW1(events))
        .With("Weir, generated", () => W1(events, interpreted: false))
        .With("Weir, interpreted", () => W1(events, interpreted: true))
        .Print(output);

    private static void W2(string work, Event[] events, TextWriter output) => new Comparison(work, events.Length)
        .With("hand-written loop", () => HandW2(events))
        .With("Weir, generated", () => W2(new ArraySource<Event>(events), new JobOptions()))
        .With("Weir, interpreted", () => W2(new ArraySource<Event>(events), new JobOptions { Interpreted = true }))
        .Print(output);

    // Times lie anywhere in 10,000 windows: nearly every record is of another window than the one before. Beside it all records in one
    // window, with as many keys
    // as one of the windows has, and with as many as all have together.
    private static void OpenWindows(string work, int keys, TextWriter output)
    {
        const int Windows = 10_000;
        var (events, one, all) = (
            Wandering.Events(WanderingEvents, Windows, keys), Wandering.Events(WanderingEvents, 1, keys),
            Wandering.Events(WanderingEvents, 1, keys * Windows));
        new Comparison(work, WanderingEvents)
            .With("one open window, as many keys as one of them", () => Wander(one))
            .With("one open window, as many keys as all of them", () => Wander(all))
            .With("10,000 open windows", () => Wander(events))
            .Print(output);
    }

    // Two sources, an exchange by key, two windows, two sinks: four threads' work on two workers, and every record crosses from one to
    // another or might.
    private static void TwoSubtasks(string work, Event[] events, TextWriter output)
    {
        var halves = Halves(events);
        new Comparison(work, events.Length)
            .With("parallelism 1", () => W2(new ArraySource<Event>(events), new JobOptions()))
            .With("parallelism 1, two splits", () => W2(new ArraySource<Event>(halves), new JobOptions()))
            .With("parallelism 2", () => W2(new ArraySource<Event>(halves), new JobOptions { Parallelism = 2 }))
            .Print(output);
    }

    // Batch by batch in turn: both halves are in order of time and go on at the same pace.
    private static Event[][] Halves(Event[] events)
    {
        Event[][] halves = [new Event[(events.Length + 1) / 2], new Event[(events.Length + 1) / 2]];
        var filled = new int[2];
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            var half = next / Gen.Batch % 2;
            var batch = events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next));
            if (filled[half] + batch.Length > halves[half].Length)
            {
                Array.Resize(ref halves[half], filled[half] + batch.Length);
            }

            batch.CopyTo(halves[half].AsSpan(filled[half]));
            filled[half] += batch.Length;
        }

        return [halves[0][..filled[0]], halves[1][..filled[1]]];
    }

    private static void Checkpointed(string work, Event[] lap, int laps, TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        var completed = 0L;
        new Comparison(work, (long)lap.Length * laps)
            .With("none", () => W2(new LapSource(lap, laps), new JobOptions()))
            .With("every second, to files", () =>
            {
                Directory.Delete(directory, recursive: true);
                return W2(
                    new LapSource(lap, laps),
                    new JobOptions
                    {
                        CheckpointDirectory = directory,
                        CheckpointInterval = TimeSpan.FromSeconds(1),
                        OnEvent = e => completed += e is JobEvent.CheckpointCompleted ? 1 : 0,
                    });
            })
            .Print(output);
        Directory.Delete(directory, recursive: true);
        output.WriteLine($"| | ({completed} checkpoints in all runs) | | | | | |");
    }

    private static string HandW1(Event[] events)
    {
        var (sum, count) = (0.0, 0L);
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            HandStateless.Batch(events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next)), ref sum, ref count);
        }

        return Text(count, sum);
    }

    private static string W1(Event[] events, bool interpreted)
    {
        var sink = new SumSink();
        var job = new Job("w1");
        Pipelines.W1(job, new ArraySource<Event>(events), sink);
        Finish(job, new JobOptions { Interpreted = interpreted });
        return Text(sink.Count, sink.Sum);
    }

    private static string HandW2(Event[] events)
    {
        var loop = new HandTumbling(Gen.Sec);
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            loop.Process(events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next)));
        }

        loop.Watermark(long.MaxValue - (10 * Gen.Sec));
        return Text(loop.C);
    }

    private static string Wander(Event[] events)
    {
        var sink = new CheckSink();
        var job = new Job("wandering");
        Pipelines.Wandering(job, new ArraySource<Event>(events), sink);
        Finish(job, new JobOptions());
        return string.Create(CultureInfo.InvariantCulture, $"{sink.Check.Count}");
    }

    private static string W2(ISource<Event> source, JobOptions options)
    {
        var sink = new CheckSink();
        var job = new Job("w2");
        Pipelines.W2(job, source, sink);
        Finish(job, options);
        return Text(sink.Check);
    }

    private static void Finish(Job job, JobOptions options) => job.RunAsync(options).GetAwaiter().GetResult();

    // Sums of doubles depend on the order of addition: the digest is what must agree to the bit.
    private static string Text(Check check) =>
        string.Create(CultureInfo.InvariantCulture, $"{check.Results} {check.Count} {check.Digest:x16}");

    private static string Text(long count, double sum) => string.Create(CultureInfo.InvariantCulture, $"{count} {sum:E9}");
}
