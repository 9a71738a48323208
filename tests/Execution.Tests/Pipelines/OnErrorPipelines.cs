namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines of texts, of which some are no numbers: each in another verb, with the failed ones left out or beside.</summary>
internal static class OnErrorPipelines
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Pipeline]
    public static void InSelect(Job job, ISource<string> source, ISink<string> sink)
    {
        var numbers = job.From(source)
            .Where(text => text.Length < 4)
            .Select(text => int.Parse(text, Invariant))
            .OnError(out Stream<FailedRecord<string>> failed)
            .Where(n => n % 2 == 0)
            .Select(n => $"{n}");
        numbers.Union(failed.Select(f => Text(f))).To(sink);
    }

    [Pipeline]
    public static void InWhere(Job job, ISource<string> source, ISink<string> sink)
    {
        var even = job.From(source)
            .Where(text => int.Parse(text, Invariant) % 2 == 0)
            .OnError(out Stream<FailedRecord<string>> failed);
        even.Union(failed.Select(f => Text(f))).To(sink);
    }

    [Pipeline]
    public static void InSelectMany(Job job, ISource<string> source, ISink<string> sink)
    {
        var digits = job.From(source)
            .SelectMany(text => new[] { text, text + "x", "" })
            .Where(text => text.Length > 0)
            .SelectMany(text => text.Select(c => int.Parse(c.ToString(), Invariant)))
            .OnError(out Stream<FailedRecord<string>> failed)
            .Select(n => $"{n}");
        digits.Union(failed.Select(f => Text(f))).To(sink);
    }

    [Pipeline]
    public static void InEventTime(Job job, ISource<string> source, ISink<string> sink)
    {
        var sums = job.From(source)
            .WithEventTime(text => int.Parse(text, Invariant) * EventTime.Second, TimeSpan.FromDays(1))
            .OnError(out Stream<FailedRecord<string>> failed)
            .KeyBy(text => text.Length)
            .Window(Tumbling.Of(TimeSpan.FromSeconds(10)))
            .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()}");
        sums.Union(failed.Select(f => Text(f))).To(sink);
    }

    [Pipeline]
    public static void InTime(Job job, ISource<string> source, ISink<string> sink)
    {
        var numbers = job.From(source)
            .WithEventTime(text => text.Length * EventTime.Second, TimeSpan.FromDays(1))
            .Select(text => int.Parse(text, Invariant))
            .OnError(out Stream<FailedRecord<string>> failed);
        var counted = failed
            .KeyBy(f => f.ExceptionType)
            .Window(Tumbling.Of(TimeSpan.FromSeconds(2)))
            .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()}");
        numbers.Select(n => $"{n}").Union(counted).To(sink);
    }

    [Pipeline]
    public static void InKeyBy(Job job, ISource<string> source, ISink<string> sink)
    {
        var counts = job.From(source)
            .WithEventTime(text => text.Length * EventTime.Second, TimeSpan.FromDays(1))
            .Where(text => text.Length < 4)
            .KeyBy(text => text == "7" ? null! : $"{int.Parse(text, Invariant) % 2}")
            .OnError(out var failed)
            .Window(Tumbling.Of(Second))
            .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()}");
        counts.Union(failed.Select(f => Text(f))).To(sink);
    }

    [Pipeline]
    public static void Skipping(Job job, ISource<string> source, ISink<string> sink) => job.From(source)
        .Select(text => int.Parse(text, Invariant))
        .OnError(FailedRecords.Skip)
        .Select(n => 100 / n)
        .Id("inverse")
        .OnError(FailedRecords.Skip)
        .KeyBy(n => n % 3)
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Cancelled(Job job, ISource<string> source, ISink<string> sink) => job.From(source)
        .Select(text => text == "stop" ? throw new OperationCanceledException("stopped") : text)
        .OnError(FailedRecords.Skip)
        .To(sink);

#pragma warning disable CA2201 // The runtime's own failure is the point.
    [Pipeline]
    public static void Full(Job job, ISource<string> source, ISink<string> sink) => job.From(source)
        .Select(text => text == "stop" ? throw new InvalidOperationException("wrapped", new OutOfMemoryException()) : text)
        .OnError(FailedRecords.Skip)
        .To(sink);
#pragma warning restore CA2201

    [Pipeline]
    public static void InMarks(Job job, ISource<string> source, ISink<string> sink) => job.From(source)
        .WithEventTime(text => EventTime.ToDateTime(text.Length), watermark: (text, at) => text == "stop" ? throw new FormatException(text) : at)
        .OnError(FailedRecords.Skip)
        .To(sink);

    [Pipeline]
    public static void OfFile(Job job, string file, string results, string rejected)
    {
        job.From(Csv.Read<Numbered>(file, new CsvOptions { MinSplitSizeBytes = 64 }))
            .Select(n => new Quotient(n.Value, 100 / (n.Value % 10)))
            .OnError(out Stream<FailedRecord<Numbered>> failed)
            .To(Files.JsonLines<Quotient>(results));
        failed.Select(f => new Rejected(f.Record.Value, f.Operator, f.Message)).To(Files.JsonLines<Rejected>(rejected));
    }

    public sealed record Numbered(int Value);

    public sealed record Quotient(int Value, int Result);

    public sealed record Rejected(int Value, string Operator, string Reason);

    internal static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    internal static string Text<T>(FailedRecord<T> failed) =>
        $"failed {failed.Record} {failed.EventTime:HH:mm:ss} {failed.Operator} {failed.ExceptionType} {failed.Message}";
}
