using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3, 70, 80), Caught.As<int>("a"), Caught.As<string>("b"), 3));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<int> numbers, ISink<int> sums, ISink<string> texts, int limit)
    {
        var pairs = job.From(numbers).Select(n => (n, n)).Where(((int A, int B) t) => t.A + t.B > 0);
        pairs.Select(((int A, int B) t) => t.A + t.B + (int)Kind.Two).To(sums);
        var windows = pairs.WithEventTime(t => (long)t.Item1, TimeSpan.Zero).KeyBy(t => (Odd: t.Item1 % 2, Big: t.Item2 > limit))
            .Window(Tumbling.Of(TimeSpan.FromMilliseconds(1)));
        Renamed(windows).To(texts);
    }

    private static Stream<string> Renamed(WindowedStream<(int W, int X), (int Y, bool Z)> windows) =>
        windows.Aggregate(g => $"{g.Key.Y} {g.Key.Z} {g.Sum(t => t.W)} {g.Count(((int P, int Q) t) => t.P > 1)} {g.Max(t => t.X)}");

    private enum Kind { One, Two }
}
