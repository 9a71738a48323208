using System.Globalization;
using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>W4, sessions beside many that are open, and count windows.</summary>
internal static class SessionBench
{
    /// <summary>W4: sessions of two seconds with a gap of one, 10,000 keys, beside the hand-written loop with a timer wheel.</summary>
    public static void W4(Event[] events, TextWriter output) => new Comparison("W4 sessions, gap 1 s, 10,000 keys", events.Length)
        .With("hand-written timer wheel", () => HandW4(events))
        .With("Weir, generated", () => RunSessions(events, Gen.Disorder, new JobOptions()))
        .With("Weir, interpreted", () => RunSessions(events, Gen.Disorder, new JobOptions { Interpreted = true }))
        .Print(output);

    /// <summary>The same records of one session, alone and with a hundred thousand other keys' sessions open.</summary>
    public static void Open(Event[] events, TextWriter output)
    {
        var crowd = Enumerable.Range(0, 100_000)
            .Select(key => new Event { Key = (long)Gen.Mix((ulong)key + 1_000_000), Timestamp = Gen.Base + 100, Value = 1 });
        Event[] alone = [.. Enumerable.Repeat(new Event { Key = 1, Timestamp = Gen.Base + 100, Value = 1 }, 100_000), .. events];
        Event[] crowded = [.. crowd, .. events];
        var day = EventTime.Of(TimeSpan.FromDays(1));
        new Comparison("W4, sessions that stay open", events.Length)
            .With("1 session beside them", () => Digestless(RunSessions(alone, day, new JobOptions())))
            .With("100,000 sessions beside them", () => Digestless(RunSessions(crowded, day, new JobOptions())))
            .Print(output);
    }

    /// <summary>Count windows of 1,000 keys beside a hand-written loop.</summary>
    public static void Counts(Event[] events, TextWriter output)
    {
        foreach (var count in new[] { 10, 100, 1000 })
        {
            new Comparison(string.Create(CultureInfo.InvariantCulture, $"count windows of {count:N0}, 1,000 keys"), events.Length)
                .With("hand-written loop", () => HandCounted(events, count))
                .With("Weir, generated", () => RunCounts(events, count, new JobOptions()))
                .With("Weir, interpreted", () => RunCounts(events, count, new JobOptions { Interpreted = true }))
                .Print(output);
        }
    }

    private static string HandW4(Event[] events)
    {
        var loop = new HandSession(Gen.Sec);
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            loop.Process(events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next)));
        }

        loop.End();
        return Text(loop.C);
    }

    private static string HandCounted(Event[] events, int count)
    {
        var loop = new HandCounts(count);
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            loop.Process(events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next)));
        }

        return Text(loop.C);
    }

    private static string RunSessions(Event[] events, long disorder, JobOptions options) => Run(options, (job, sink) =>
        Pipelines.W4(job, new ArraySource<Event>(events), sink, TimeSpan.FromMicroseconds(disorder - 1)));

    private static string RunCounts(Event[] events, int count, JobOptions options) => Run(options, (job, sink) =>
        Pipelines.Counts(job, new ArraySource<Event>(events), sink, count));

    private static string Run(JobOptions options, Action<Job, CheckSink> define)
    {
        var sink = new CheckSink();
        var job = new Job("w4");
        define(job, sink);
        job.RunAsync(options).GetAwaiter().GetResult();
        return Text(sink.Check);
    }

    // The crowd is in other sessions: there is nothing to compare.
    private static string Digestless(string result) => result.Length > 0 ? "" : result;

    private static string Text(Check check) =>
        string.Create(CultureInfo.InvariantCulture, $"{check.Results} {check.Count} {check.Digest:x16}");
}
