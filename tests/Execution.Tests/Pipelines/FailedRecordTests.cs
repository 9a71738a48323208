using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Execution.Tests.Pipelines;

/// <summary>A failure names job, operator, event time and place, in the same words compiled and interpreted.</summary>
public sealed partial class FailedRecordTests
{
    private const string Zero = "Attempted to divide by zero";
    private const string At7 = "handling a record with the event time 1970-01-01T00:00:07Z";
    private const string From7 = "The record came from split '0', offset 7.";
    private const string From5 = "The records came from split '0', offsets 5 to 10.";
    private const string Exchange = "Which place in a source the record came from is not known behind an exchange: keep its file and line "
        + "in the record, or run the job with a parallelism of 1, where KeyBy needs no exchange.";

    public static TheoryData<string, string> Failures => new()
    {
        { nameof(FailedRecordPipelines.InWhere), $"'Where-2': handling a record without an event time: {Zero}. {From7}" },
        { nameof(FailedRecordPipelines.InSelect), $"'Select-1': {At7}: {Zero}. {From7}" },
        { nameof(FailedRecordPipelines.InSelectMany), $"'SelectMany-1': {At7}: {Zero}. {From7}" },
        {
            nameof(FailedRecordPipelines.InEventTime),
            $"'WithEventTime-1': handling a record without an event time: {Zero}. {From7}"
        },
        { nameof(FailedRecordPipelines.InKeyBy), $"'KeyBy-1': {At7}: {Zero}. {From7}" },
        {
            nameof(FailedRecordPipelines.NullKey),
            $"'KeyBy-1': {At7}: Operator 'KeyBy-1': a record has a null key. Keys name state and cannot be null: filter such records out "
                + $"before KeyBy, or give them a key. {From7}"
        },
        { nameof(FailedRecordPipelines.InSplit), $"'Split-2': {At7}: {Zero}. {From7}" },
        {
            nameof(FailedRecordPipelines.InProcess),
            $"'Process-1': handling a record of the key '1' with the event time 1970-01-01T00:00:07Z: {Zero}. {From5}"
        },
        {
            nameof(FailedRecordPipelines.InAdd),
            "'Aggregate-1': handling a batch with event times from 1970-01-01T00:00:05Z to 1970-01-01T00:00:09Z: "
                + $"{Zero}. {From5}"
        },
        {
            nameof(FailedRecordPipelines.BehindWindow),
            "'Select-1': handling a record with the event time 1970-01-01T00:00:07.999999Z: "
                + $"{Zero}. 'Aggregate-1' made the record: it came from no one place in a source."
        },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_says_where_it_was(string pipeline, string expected)
    {
        foreach (var interpreted in new[] { true, false })
        {
            var failure = await Fail(pipeline, interpreted, parallelism: 1);
            var (id, words) = (expected[1..expected.IndexOf(':', StringComparison.Ordinal)].TrimEnd('\''), expected[(expected.IndexOf(
                ':', StringComparison.Ordinal) + 2)..]);
            Assert.Equal($"Operator '{id}' of job 'fails' failed in subtask 0, {words}", failure.Message);
            Assert.Equal(("fails", id, 0), (failure.JobName, failure.OperatorId, failure.Subtask));
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Behind_an_exchange_it_says_so(string pipeline, string expected)
    {
        var interpreted = await Fail(pipeline, interpreted: true, parallelism: 2);
        var compiled = await Fail(pipeline, interpreted: false, parallelism: 2);
        Assert.Equal(Words(interpreted), Words(compiled));
        Assert.Equal(interpreted.EventTime, compiled.EventTime);
        Assert.Equal(interpreted.OperatorId, compiled.OperatorId);
        if (pipeline is nameof(FailedRecordPipelines.InProcess) or nameof(FailedRecordPipelines.InAdd))
        {
            Assert.EndsWith(Exchange, compiled.Message, StringComparison.Ordinal);
            Assert.Null(compiled.Position);
        }
        else
        {
            Assert.EndsWith(expected[^20..], compiled.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Properties_say_what_the_words_say()
    {
        var second = new DateTime(1970, 1, 1, 0, 0, 7, DateTimeKind.Utc);
        var record = await Fail(nameof(FailedRecordPipelines.InSelect), interpreted: false, parallelism: 1);
        Assert.Equal(("0", 7L, "split '0', offset 7"), (record.Split, record.Offset, record.Position));
        Assert.Equal((second, second, second), (record.EventTime, record.EarliestEventTime, record.LatestEventTime));

        var batch = await Fail(nameof(FailedRecordPipelines.InAdd), interpreted: false, parallelism: 1);
        Assert.Equal(("0", 5L, "split '0', offsets 5 to 10"), (batch.Split, batch.Offset, batch.Position));
        Assert.Null(batch.EventTime);
        Assert.Equal((second.AddSeconds(-2), second.AddSeconds(2)), (batch.EarliestEventTime, batch.LatestEventTime));
    }

    [Fact]
    public async Task Offsets_that_count_bytes_are_told_with_the_number_of_the_record()
    {
        var directory = Directory.CreateTempSubdirectory("weir-failures");
        try
        {
            var file = Path.Combine(directory.FullName, "numbers.csv");
            await File.WriteAllTextAsync(
                file,
                "Value\n" + string.Join('\n', Enumerable.Range(0, 20).Select(n => n.ToString(CultureInfo.InvariantCulture))) + "\n",
                TestContext.Current.CancellationToken);
            foreach (var interpreted in new[] { true, false })
            {
                var job = new Job("fails");
                FileOf(job, file, new ListSink<string>());
                var failure = await Fail(job, interpreted, parallelism: 1, capacity: 1024);
                Assert.Equal((8, 0L), (NumberOf(failure), failure.Offset));
                Assert.Contains("record 8 of the 20 of split", failure.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_function_that_fails_once_and_not_again_is_told_as_such()
    {
        var failed = false;
        var job = new Job("fails");
        job.From(new ListSource<int>([1, 2, 3])).Select(n => n == 2 && !failed ? throw Once() : n).To(new ListSink<int>());
        var failure = await Fail(job, interpreted: true, parallelism: 1);
        Assert.Equal(
            "Operator 'Select-1' of job 'fails' failed in subtask 0, handling a batch: once. Asked again about the same records, none of "
                + "them failed: what they do depends on more than the record. The records came from split '0', offsets 0 to 3.",
            failure.Message);

        Exception Once()
        {
            failed = true;
            return new InvalidOperationException("once");
        }
    }

    [Pipeline]
    internal static void FileOf(Job job, string file, ISink<string> sink) => job
        .From(Csv.Read<Numbered>(file))
        .Select(n => $"{100 / (n.Value - 7)}")
        .To(sink);

    internal sealed record Numbered(int Value);

    private static int NumberOf(OperatorException failure) =>
        int.Parse(Number().Match(failure.Position!).Groups[1].Value, CultureInfo.InvariantCulture);

    // Which subtask reads the split, or owns the key, is no matter.
    private static string Words(OperatorException failure) => Subtask().Replace(failure.Message, "in a subtask");

    private static Task<OperatorException> Fail(string pipeline, bool interpreted, int parallelism)
    {
        var job = new Job("fails");
        var define = typeof(FailedRecordPipelines).GetMethod(pipeline)!
            .CreateDelegate<Action<Job, ISource<int>, ISink<string>>>();
        define(job, new ListSource<int>([.. Enumerable.Range(0, 20)]), new ListSink<string>());
        return Fail(job, interpreted, parallelism);
    }

    private static async Task<OperatorException> Fail(Job job, bool interpreted, int parallelism, int capacity = 5)
    {
        var options = new JobOptions
        {
            Parallelism = parallelism,
            BatchCapacity = capacity,
            Interpreted = interpreted,
            RestartStrategy = RestartStrategy.None,
        };
        var failed = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(options, TestContext.Current.CancellationToken));
        return Assert.IsType<OperatorException>(failed.InnerException);
    }

    [GeneratedRegex(@"record (\d+) of the \d+ of split")]
    private static partial Regex Number();

    [GeneratedRegex(@"in subtask \d+")]
    private static partial Regex Subtask();
}
