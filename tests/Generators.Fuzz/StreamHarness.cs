using System.Globalization;

namespace Weir.Generators.Fuzz;

/// <summary>
/// Runs a pipeline interpreted, record by record, and then in other ways: compiled, in other batches, by more subtasks, stopped and gone on
/// with from a checkpoint by other subtasks. Each gives the same set of results.
/// </summary>
public static class StreamHarness
{
    private const string Failed = "failed with ";

    /// <summary>How often the pipelines of this process failed as they were run first: what fails is compared with nothing.</summary>
    public static int Failures => _failures;

    /// <summary>How many were run first in this process, by all tests.</summary>
    public static int Runs => _runs;

    private static int _failures;
    private static int _runs;

    /// <summary>Says how one way differs from another; empty if none does.</summary>
    /// <param name="define">Describes the pipeline.</param>
    /// <param name="recordsOf">The records, by number.</param>
    /// <param name="seed">What the ways are drawn by.</param>
    /// <param name="isByRecord">Whether the watermark has to go on record by record, for it decides what is late or what fires.</param>
    public static string Check<T>(
        Action<Job, ISource<T>, ISink<string>, int> define, Func<int, IReadOnlyList<T>> recordsOf, int seed, bool isByRecord)
    {
        ArgumentNullException.ThrowIfNull(define);
        ArgumentNullException.ThrowIfNull(recordsOf);
        var random = new Random(seed);
        for (var data = 0; data < 2; data++)
        {
            var (captured, records) = (data, recordsOf(data));
            void Define(Job job, ISource<T> source, ISink<string> sink) => define(job, source, sink, captured);
            if (!IsCompiled<T>(Define))
            {
                return "nothing was compiled";
            }

            var expected = Outcome(Define, records, new StreamWay(IsInterpreted: true));
            foreach (var way in Ways(random, records.Count, isByRecord))
            {
                var actual = Outcome(Define, records, way);
                if (actual != expected && !(IsFailure(actual) && IsFailure(expected)))
                {
                    return $"data {data}, {way}\n{Difference(expected, actual)}";
                }
            }

            Interlocked.Increment(ref _runs);
            if (IsFailure(expected))
            {
                Interlocked.Increment(ref _failures);
            }
        }

        return "";
    }

    private static IEnumerable<StreamWay> Ways(Random random, int count, bool isByRecord)
    {
        int Batch() => isByRecord ? 1 : new[] { 1, 2, 7, 64 }[random.Next(4)];
        int Subtasks() => random.Next(1, 4);
        yield return new(IsInterpreted: false, Batch: Batch());
        yield return new(IsInterpreted: false, Batch: Batch(), Parallelism: 2 + random.Next(2));
        yield return new(IsInterpreted: true, Batch: Batch(), Parallelism: Subtasks());
        yield return new(random.Next(3) == 0, Batch(), Subtasks(), StopsAt: random.Next(count + 1), Subtasks());
        yield return new(IsInterpreted: false, Batch(), Subtasks(), StopsAt: random.Next(count + 1), Subtasks());
    }

    private static string Outcome<T>(Action<Job, ISource<T>, ISink<string>> define, IReadOnlyList<T> records, StreamWay way) =>
        Harness.Outcome(() =>
        {
            var sink = new TextSink();
            var store = way.StopsAt is null ? null : new MemoryCheckpointStore();
            if (way.StopsAt is { } end)
            {
                var stopping = new StoppingSource<T>(records, end, store!);
                try
                {
                    Run(define, stopping, sink, way, way.Parallelism, store, stopping.OnEvent);
                }
                catch (JobException) when (stopping.HasStopped)
                {
                    // As it was meant to.
                }
            }

            Run(define, new RecordSource<T>(records), sink, way, way.StopsAt is null ? way.Parallelism : way.Afterwards, store, null);
            return sink.Records;
        });

    private static void Run<T>(
        Action<Job, ISource<T>, ISink<string>> define,
        ISource<T> source,
        TextSink sink,
        StreamWay way,
        int parallelism,
        MemoryCheckpointStore? store,
        Action<JobEvent>? onEvent)
    {
        var job = new Job("fuzz");
        define(job, source, sink);
        var options = new JobOptions
        {
            Parallelism = parallelism,
            BatchCapacity = way.Batch,
            Interpreted = way.IsInterpreted,
            RestartStrategy = RestartStrategy.None,
            KeyGroupCount = 16,
            CheckpointStore = store,
            CheckpointInterval = onEvent is null ? null : TimeSpan.FromMilliseconds(1),
            OnEvent = onEvent,
        };
        job.RunAsync(options, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    private static bool IsCompiled<T>(Action<Job, ISource<T>, ISink<string>> define)
    {
        var job = new Job("fuzz");
        define(job, new RecordSource<T>([]), new TextSink());
        return job.Graph.Stages.Any(stage => Enumerable.Range(1, job.Graph.Stages.Count)
            .Any(length => job.Graph.FindSpan(stage, length) is not null));
    }

    private static bool IsFailure(string outcome) => outcome.StartsWith(Failed, StringComparison.Ordinal);

    private static string Difference(string expected, string actual)
    {
        if (IsFailure(expected) || IsFailure(actual))
        {
            return $"came:\n{Start(actual)}\nexpected:\n{Start(expected)}";
        }

        var (wanted, came) = (expected.Split('\n').ToList(), actual.Split('\n').ToList());
        foreach (var line in wanted.ToList())
        {
            if (came.Remove(line))
            {
                wanted.Remove(line);
            }
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"missing {wanted.Count}:\n{string.Join('\n', wanted.Take(6))}\ntoo many {came.Count}:\n{string.Join('\n', came.Take(6))}");
    }

    private static string Start(string text) => text[..Math.Min(text.Length, 800)];
}
