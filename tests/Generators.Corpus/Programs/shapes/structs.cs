using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(new Point(1, 2), new Point(3, 4)), Caught.As<Point>()));

public record struct Point(int X, int Y);

public readonly struct Line(Point from, Point to)
{
    public Point From => from;

    public Point To => to;
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Point> source, ISink<Point> sink) => job
        .From(source)
        .Select(p => new Line(p, p with { X = p.X + 1 }))
        .Where(l => l.To.X > 2)
        .Select(l => l.To)
        .Where(p => p.X > 0)
        .To(sink);
}
