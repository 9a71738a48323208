using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Weir.Kills.Tests.Topics;

/// <summary>Compares what committed readers see of the three output topics with what plain loops make of the input.</summary>
internal sealed class Verifier(TopicReader reader, string job, bool isAligned)
{
    private static readonly TimeSpan LongestMarkers = TimeSpan.FromSeconds(15);

    private static readonly (string Name, int Partitions)[] Outputs =
    [
        ("copies", TopicsRun.MorePartitions), ("counts", TopicsRun.MorePartitions), ("sums", TopicsRun.SumPartitions),
    ];

    /// <summary>Gets the records of the input.</summary>
    public int Records { get; private set; }

    /// <summary>Gets the records of the three outputs.</summary>
    public int Written { get; private set; }

    /// <summary>Gets the records of transactions that came to nothing: kills that hit an open one.</summary>
    public int Aborted { get; private set; }

    /// <summary>
    /// Gets or sets how often records and markers of other programs may split a transaction of the copies in two.
    /// </summary>
    public int ForeignGaps { get; set; }

    /// <summary>What is wrong; empty if nothing is.</summary>
    /// <param name="partitions">The partitions of the input.</param>
    public IReadOnlyList<string> Differences(int partitions)
    {
        var differences = new List<string>();
        if (WaitForMarkers() is { } open)
        {
            return [open];
        }

        var input = reader.Read($"{job}-in", partitions, IsolationLevel.ReadUncommitted);
        var arrivals = input.Select(partition => partition.Select(Arrival.Of).ToList()).ToList();
        Records = arrivals.Sum(partition => partition.Count);
        var outputs = Outputs.ToDictionary(
            output => output.Name,
            output => reader.Read($"{job}-{output.Name}", output.Partitions, IsolationLevel.ReadCommitted));
        Written = outputs.Values.Sum(topic => topic.Sum(partition => partition.Count));
        Aborted = Outputs.Sum(output =>
            reader.Read($"{job}-{output.Name}", output.Partitions, IsolationLevel.ReadUncommitted).Sum(part => part.Count)) - Written;
        CheckPlaces(arrivals, outputs["copies"], outputs["counts"], differences);
        CheckSums(arrivals, outputs["sums"], differences);
        return differences;
    }

    // The commit answers before the markers are written.
    private string? WaitForMarkers()
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var open = Outputs.Select(output => output.Name).FirstOrDefault(name => EndsOf(name, IsolationLevel.ReadCommitted) is var end
                && !end.SequenceEqual(EndsOf(name, IsolationLevel.ReadUncommitted)));
            if (open is null)
            {
                return null;
            }

            if (begun.Elapsed > LongestMarkers)
            {
                return $"a transaction is open in {open}, {LongestMarkers.TotalSeconds} s behind the end";
            }

            Thread.Sleep(100);
        }
    }

    private IReadOnlyList<long> EndsOf(string name, IsolationLevel isolation) =>
        reader.EndsOf($"{job}-{name}", Outputs.Single(output => output.Name == name).Partitions, isolation);

    private void CheckPlaces(
        List<List<Arrival>> arrivals,
        IReadOnlyList<IReadOnlyList<TopicReader.Message>> copies,
        IReadOnlyList<IReadOnlyList<TopicReader.Message>> counts,
        List<string> differences)
    {
        for (var partition = 0; partition < arrivals.Count; partition++)
        {
            var expected = arrivals[partition];
            var copied = copies[partition].Select(message => Copy.Of(message.Value)).ToList();
            Compare(
                $"copies of partition {partition}, in order",
                [.. expected.Select(arrival => new Copy(arrival.Offset, arrival.Key, arrival.Amount))], copied, differences);
            var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
            var counted = new List<Count>();
            foreach (var arrival in expected)
            {
                counted.Add(new Count(arrival.Offset, arrival.Key, numbers[arrival.Key] = numbers.GetValueOrDefault(arrival.Key) + 1));
            }

            // Keys may come in any order, and each of them in its own.
            Compare(
                $"counts of partition {partition}, in the order of keys",
                [.. counted.OrderBy(count => count.Key, StringComparer.Ordinal)],
                [.. counts[partition].Select(message => Count.Of(message.Value)).OrderBy(count => count.Key, StringComparer.Ordinal)],
                differences);
            if (isAligned && differences.Count == 0)
            {
                CheckSteps(partition, copies[partition], counts[partition], differences);
            }
        }
    }

    // A transaction ends with a marker, which takes an offset: so the records of a topic fall into transactions where offsets leave a gap.
    // Both topics get a record of each arrival, and must get it with the same transaction.
    private void CheckSteps(
        int partition, IReadOnlyList<TopicReader.Message> copies, IReadOnlyList<TopicReader.Message> counts, List<string> differences)
    {
        var two = Transactions(counts, value => Count.Of(value).Offset);
        var one = Merged(Transactions(copies, value => Copy.Of(value).Offset), two, ForeignGaps);
        if (!one.SequenceEqual(two))
        {
            var index = one.Zip(two).TakeWhile(pair => pair.First == pair.Second).Count();
            differences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"two topics of partition {partition} are not in step: transaction {index} of {one.Count} and {two.Count}: "
                    + $"{one.ElementAtOrDefault(index)} and {two.ElementAtOrDefault(index)}"));
        }
    }

    // What others have split is put together again, so often as they can have done it.
    private static List<Piece> Merged(List<Piece> pieces, List<Piece> whole, int most)
    {
        var left = new Queue<Piece>(pieces);
        var merged = new List<Piece>();
        foreach (var one in whole.Where(_ => left.Count > 0))
        {
            var piece = left.Dequeue();
            for (; piece.Records < one.Records && left.Count > 0 && most > 0; most--)
            {
                var next = left.Dequeue();
                piece = new Piece(Math.Min(piece.First, next.First), Math.Max(piece.Last, next.Last), piece.Records + next.Records);
            }

            merged.Add(piece);
        }

        return [.. merged, .. left];
    }

    private static List<Piece> Transactions(IReadOnlyList<TopicReader.Message> messages, Func<string, long> offsetOf)
    {
        var all = new List<Piece>();
        var offsets = new List<long>();
        for (var i = 0; i < messages.Count; i++)
        {
            offsets.Add(offsetOf(messages[i].Value));
            if (i == messages.Count - 1 || messages[i + 1].Offset != messages[i].Offset + 1)
            {
                offsets.Sort();
                all.Add(new Piece(offsets[0], offsets[^1], offsets.Count));
                offsets.Clear();
            }
        }

        return all;
    }

    private readonly record struct Piece(long First, long Last, int Records)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}…{Last} ({Records})");
    }

    private static void CheckSums(
        List<List<Arrival>> arrivals, IReadOnlyList<IReadOnlyList<TopicReader.Message>> sums, List<string> differences)
    {
        const long Window = 1_000_000;
        var all = arrivals.SelectMany(partition => partition).ToList();
        var end = all.Max(arrival => arrival.At);
        var expected = all.Where(arrival => arrival.At < end)
            .GroupBy(arrival => (arrival.Key, Start: arrival.At / Window * Window))
            .Select(window => new Sum(window.Key.Key, window.Key.Start, window.Count(), window.Sum(arrival => arrival.Amount)));
        var actual = sums.SelectMany(partition => partition).Select(message => Sum.Of(message.Value));
        Compare("sums", [.. expected.OrderBy(sum => sum.ToString(), StringComparer.Ordinal)],
            [.. actual.OrderBy(sum => sum.ToString(), StringComparer.Ordinal)], differences);
    }

    private static void Compare<T>(string what, List<T> expected, List<T> actual, List<string> differences)
        where T : IEquatable<T>
    {
        if (expected.SequenceEqual(actual))
        {
            return;
        }

        var lost = expected.Except(actual).ToList();
        var foreign = actual.Except(expected).ToList();
        var doubled = actual.Count - actual.Distinct().Count();
        var index = expected.Zip(actual).TakeWhile(pair => pair.First.Equals(pair.Second)).Count();
        differences.Add(new StringBuilder(what)
            .Append(CultureInfo.InvariantCulture, $": {actual.Count} instead of {expected.Count}; {lost.Count} lost, ")
            .Append(CultureInfo.InvariantCulture, $"{foreign.Count} foreign, {doubled} doubled; the first difference at {index}: ")
            .Append(CultureInfo.InvariantCulture, $"{actual.ElementAtOrDefault(index)} instead of {expected.ElementAtOrDefault(index)}")
            .ToString());
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private readonly record struct Arrival(long Offset, string Key, long At, long Amount)
    {
        public static Arrival Of(TopicReader.Message message)
        {
            var parts = message.Value.Split('|');
            return new Arrival(message.Offset, parts[0], Number(parts[1]), Number(parts[2]));
        }
    }

    private readonly record struct Copy(long Offset, string Key, long Amount)
    {
        public static Copy Of(string text)
        {
            var parts = text.Split('|');
            return new Copy(Number(parts[0]), parts[1], Number(parts[2]));
        }
    }

    private readonly record struct Count(long Offset, string Key, long Number)
    {
        public static Count Of(string text)
        {
            var parts = text.Split('|');
            return new Count(Verifier.Number(parts[0]), parts[1], Verifier.Number(parts[2]));
        }
    }

    private readonly record struct Sum(string Key, long Start, long Count, long Total)
    {
        public static Sum Of(string text)
        {
            var parts = text.Split('|');
            return new Sum(parts[0], Number(parts[1]), Number(parts[2]), Number(parts[3]));
        }
    }
}
