using System.Globalization;
using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>W3, and what sliding windows cost as there are more of them, and as records come late.</summary>
internal static class SlidingBench
{
    private const int Slide = 2_000;

    /// <summary>W3: 10 s every second, 1,000 keys, beside the hand-written loop over slices.</summary>
    public static void W3(Event[] events, TextWriter output) => new Comparison("W3 sliding 10 s every second, 1,000 keys", events.Length)
        .With("hand-written slices", () => HandW3(events))
        .With("Weir, generated", () => Run(events, 10_000_000, 1_000_000, Gen.Disorder, new JobOptions()))
        .Print(output);

    /// <summary>The same slide with more and more windows open.</summary>
    public static void Ratios(Event[] events, TextWriter output)
    {
        foreach (var windows in new[] { 1, 10, 60, 600, 3600 })
        {
            new Comparison(string.Create(CultureInfo.InvariantCulture, $"sliding, {windows:N0} windows a record"), events.Length)
                .With("Weir, generated", () => Run(events, (long)Slide * windows, Slide, Gen.Disorder, new JobOptions()))
                .Print(output);
        }
    }

    /// <summary>Ten seconds out of order and one in twenty later still, beside the same records in order.</summary>
    public static void Late(Event[] events, TextWriter output)
    {
        var (early, late) = (Disordered(events, 0), Disordered(events, 20));
        new Comparison("W3, out of order", events.Length)
            .With("in order", () => Digestless(Run(events, 60_000_000, 1_000_000, 10_000_000, new JobOptions())))
            .With("disorder of 10 s", () => Digestless(Run(early, 60_000_000, 1_000_000, 10_000_000, new JobOptions())))
            .With("disorder of 10 s, 5 % later", () => Digestless(Run(late, 60_000_000, 1_000_000, 10_000_000, new JobOptions())))
            .Print(output);
    }

    // Each record is some time within ten seconds early, and each twentieth so much later again than it is waited for.
    private static Event[] Disordered(Event[] events, ulong oneIn)
    {
        var result = (Event[])events.Clone();
        var state = 88172645463325252UL;
        for (var i = 0; i < result.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            var back = (long)(state >> 40) % 9_900_000;
            result[i].Timestamp -= oneIn > 0 && state % oneIn == 0 ? back + 10_000_000 : back;
        }

        return result;
    }

    // What is late is in no window: there is nothing to compare.
    private static string Digestless(string result) => result.Length > 0 ? "" : result;

    private static string HandW3(Event[] events)
    {
        var loop = new HandSliding(10_000_000, 1_000_000);
        for (var next = 0; next < events.Length; next += Gen.Batch)
        {
            loop.Process(events.AsSpan(next, Math.Min(Gen.Batch, events.Length - next)));
        }

        loop.End();
        return Text(loop.C);
    }

    private static string Run(Event[] events, long size, long slide, long disorder, JobOptions options)
    {
        var sink = new CheckSink();
        var job = new Job("w3");
        Pipelines.W3(
            job,
            new ArraySource<Event>(events),
            sink,
            Sliding.Of(TimeSpan.FromMicroseconds(size), TimeSpan.FromMicroseconds(slide)),
            TimeSpan.FromMicroseconds(disorder - 1));
        job.RunAsync(options).GetAwaiter().GetResult();
        return Text(sink.Check);
    }

    private static string Text(Check check) =>
        string.Create(CultureInfo.InvariantCulture, $"{check.Results} {check.Count} {check.Digest:x16}");
}
