using System.Reflection;

namespace Weir.Generators.Fuzz;

/// <summary>Runs a pipeline of a fuzzed program, one way or the other, and says what came out.</summary>
public static class Harness
{
    private const string Failed = "failed with ";

    /// <summary>What a pipeline makes of records, in any order; or what it failed with.</summary>
    public static string Run<T>(Action<Job, ISource<T>, ISink<string>> define, IReadOnlyList<T> records, bool interpreted)
    {
        ArgumentNullException.ThrowIfNull(define);
        var job = new Job("fuzz");
        var sink = new TextSink();
        define(job, new RecordSource<T>(records), sink);
        if (!interpreted && !job.Graph.Stages.Any(stage => Enumerable.Range(1, job.Graph.Stages.Count)
            .Any(length => job.Graph.FindSpan(stage, length) is not null)))
        {
            return "nothing was compiled";
        }

        if (interpreted)
        {
            return Run(job, sink, batchCapacity: 1, interpreted);
        }

        var outcome = Run(job, sink, batchCapacity: 7, interpreted);
        if (!outcome.StartsWith(Failed, StringComparison.Ordinal))
        {
            return outcome;
        }

        // A delegate between two loops takes a batch stage by stage: of one record, failures come in the order of LINQ's.
        var (again, alone) = (new Job("fuzz"), new TextSink());
        define(again, new RecordSource<T>(records), alone);
        var first = Run(again, alone, batchCapacity: 1, interpreted);
        return first.StartsWith(Failed, StringComparison.Ordinal) ? first : outcome;
    }

    /// <summary>What a function answers, in any order; or what it failed with.</summary>
    public static string Outcome(Func<IEnumerable<string>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        try
        {
            return string.Join("\n", function().Order(StringComparer.Ordinal));
        }
        catch (Exception failure)
        {
            while (failure is OperatorException or TargetInvocationException or JobException && failure.InnerException is { } inner)
            {
                failure = inner;
            }

            return $"{Failed}{failure.GetType().Name}: {failure.Message}";
        }
    }

    /// <summary>
    /// What a function answers for the groups of records, window by window; if it fails for some of a window, any of these failures may
    /// come first. If there is a record that fails on its way to the windows, those before it may have fired, and failed, before it came.
    /// </summary>
    public static IEnumerable<string> Results<T, TKey>(
        IEnumerable<T> records, Func<T, TKey> key, Func<T, long> time, Func<WindowGroup<TKey, T>, string> result)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(result);
        var answers = new List<string>();
        var came = new List<T>();
        var broken = Outcome(() =>
        {
            foreach (var record in records)
            {
                came.Add(record);
            }

            return [];
        });
        foreach (var window in Groups(came, key, time).ToList().GroupBy(static group => group.Window.StartTime))
        {
            var failures = new List<string>();
            foreach (var group in window)
            {
                var answer = Outcome(() => [result(group)]);
                (answer.StartsWith(Failed, StringComparison.Ordinal) ? failures : answers).Add(answer);
            }

            if (failures.Count > 0)
            {
                return broken.Length == 0 ? failures : [.. failures, broken];
            }
        }

        return broken.Length == 0 ? answers : [broken];
    }

    /// <summary>Whether what came out is what should.</summary>
    public static bool Agree(string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        return expected == actual || (actual.StartsWith(Failed, StringComparison.Ordinal) && expected.Split(Failed)
            .Any(one => one.Trim().Length > 0 && one.Trim() == actual[Failed.Length..].Trim()));
    }

    /// <summary>The records of each key in each window of a second, as LINQ groups them.</summary>
    public static IEnumerable<WindowGroup<TKey, T>> Groups<T, TKey>(IEnumerable<T> records, Func<T, TKey> key, Func<T, long> time) =>
        records.GroupBy(record => (Key: key(record), Start: Tumbling.Of(TimeSpan.FromSeconds(1)).Of(time(record)).StartTime))
            .OrderBy(group => group.Key.Start)
            .Select(group => new WindowGroup<TKey, T>(
                group.Key.Key, Tumbling.Of(TimeSpan.FromSeconds(1)).Of(group.Key.Start), [.. group]));

    private static string Run(Job job, TextSink sink, int batchCapacity, bool interpreted) => Outcome(() =>
    {
        var options = new JobOptions
        {
            Parallelism = 1,
            BatchCapacity = batchCapacity,
            Interpreted = interpreted,
            RestartStrategy = RestartStrategy.None,
        };
        job.RunAsync(options, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return sink.Records;
    });
}
