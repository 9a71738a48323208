namespace Weir.Execution.Tests.Pipelines;

/// <summary>Each record is in the results or beside them, once, compiled and interpreted (semantics R13 to R16).</summary>
public sealed class OnErrorTests
{
    private static readonly string[] Texts = ["1", "two", "3", "x", "44", "7", "66", "five", "0", "8", "-12", "2 2", "9", "10", "y"];

    [Fact]
    public async Task R13_what_Select_fails_on_goes_beside()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InSelect, Many(), compiledStages: 5);
        Assert.Equal(
            Sorted(Many().Where(text => text.Length < 4).SelectMany(text => Parsed(text) is not { } n ? [Failed(text, "Select-1")]
                : n % 2 == 0 ? [$"{n}"] : Array.Empty<string>())),
            Sorted(records));
    }

    [Fact]
    public async Task R13_what_Where_fails_on_goes_beside()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InWhere, Many(), compiledStages: 2);
        Assert.Equal(
            Sorted(Many().SelectMany(text => Parsed(text) is not { } n ? [Failed(text, "Where-1")]
                : n % 2 == 0 ? [text] : Array.Empty<string>())),
            Sorted(records));
    }

    [Fact]
    public async Task R14_of_a_sequence_that_fails_in_the_middle_nothing_comes_out()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InSelectMany, Many(), compiledStages: 5);
        Assert.Equal(
            Sorted(Many().SelectMany(text => new[] { text, text + "x" }).SelectMany(text => text.All(char.IsAsciiDigit)
                ? text.Select(c => $"{c}")
                : [FailedDigit(text, "SelectMany-2")])),
            Sorted(records));
    }

    [Fact]
    public async Task R15_a_record_whose_event_time_fails_has_none()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InEventTime, Many(), compiledStages: 4);
        Assert.Equal(
            Sorted(Many().Where(text => Parsed(text) is not null)
                .GroupBy(text => (text.Length, Start: Tumbling.Of(TimeSpan.FromSeconds(10)).Of(Parsed(text)!.Value * EventTime.Second)
                    .StartTime))
                .Select(g => $"{g.Key.Length} {g.Key.Start} {g.Count()}")
                .Concat(Many().Where(text => Parsed(text) is null).Select(text => Failed(text, "WithEventTime-1")))),
            Sorted(records));
    }

    [Fact]
    public async Task R15_a_failed_record_keeps_its_event_time()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InTime, Many(), compiledStages: 5);
        Assert.Equal(
            Sorted(Many().Select(Parsed).Where(n => n is not null).Select(n => $"{n}")
                .Concat(Many().Where(text => Parsed(text) is null).GroupBy(text => text.Length / 2 * 2)
                    .Select(g => $"FormatException {g.Key * EventTime.Second} {g.Count()}"))),
            Sorted(records));
    }

    [Fact]
    public async Task R13_what_has_no_key_goes_beside()
    {
        var records = await BothWays.Run<string, string>(OnErrorPipelines.InKeyBy, Many(), compiledStages: 5);
        var few = Many().Where(text => text.Length < 4).ToArray();
        Assert.Equal(
            Sorted(few.Where(text => text != "7" && Parsed(text) is not null)
                .GroupBy(text => (Key: $"{Parsed(text) % 2}", text.Length))
                .Select(g => $"{g.Key.Key} {g.Key.Length * EventTime.Second} {g.Count()}")
                .Concat(few.Where(text => text == "7").Select(text =>
                    $"failed {text} 00:00:01 KeyBy-1 InvalidOperationException The key is null."))
                .Concat(few.Where(text => Parsed(text) is null).Select(text =>
                    Failed(text, "KeyBy-1").Replace("  KeyBy-1", $" 00:00:0{text.Length} KeyBy-1", StringComparison.Ordinal)))),
            Sorted(records));
    }

    [Fact]
    public async Task R16_what_is_skipped_is_counted()
    {
        foreach (var interpreted in new[] { true, false })
        {
            var job = new Job("skips");
            var sink = new ListSink<string>();
            OnErrorPipelines.Skipping(job, new ListSource<string>(Many()), sink);
            var options = new JobOptions { Interpreted = interpreted, RestartStrategy = RestartStrategy.None, Parallelism = 1 };
            var result = await job.RunAsync(options, TestContext.Current.CancellationToken);
            Assert.Equal(Many().Count(text => Parsed(text) is null or 0), result.Skipped);
            Assert.Equal(Many().Length - result.Skipped, sink.Records.Count);
        }
    }

    [Theory]
    [InlineData(nameof(OnErrorPipelines.Cancelled))]
    [InlineData(nameof(OnErrorPipelines.Full))]
    [InlineData(nameof(OnErrorPipelines.InMarks))]
    public async Task R16_what_does_not_come_of_the_record_is_never_left_out(string pipeline)
    {
        foreach (var interpreted in new[] { true, false })
        {
            var job = new Job("stops");
            var define = typeof(OnErrorPipelines).GetMethod(pipeline)!.CreateDelegate<Action<Job, ISource<string>, ISink<string>>>();
            define(job, new ListSource<string>(["a", "stop", "b"]), new ListSink<string>());
            var options = new JobOptions { Interpreted = interpreted, RestartStrategy = RestartStrategy.None };
            await Assert.ThrowsAnyAsync<Exception>(() => job.RunAsync(options, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R13_rows_of_a_file_that_fail_are_in_a_file_of_their_own_once(bool interpreted)
    {
        var directory = Directory.CreateTempSubdirectory("weir-on-error").FullName;
        try
        {
            var cancellation = TestContext.Current.CancellationToken;
            var (file, results, rejected) =
                (Path.Combine(directory, "numbers.csv"), Path.Combine(directory, "results"), Path.Combine(directory, "rejected"));
            var numbers = Enumerable.Range(0, 1000).ToArray();
            await File.WriteAllLinesAsync(file, ["Value", .. numbers.Select(n => n.ToString(OnErrorPipelines.Invariant))], cancellation);
            var job = new Job("rows");
            OnErrorPipelines.OfFile(job, file, results, rejected);
            var options = new JobOptions
            {
                Interpreted = interpreted,
                Parallelism = 2,
                BatchCapacity = 16,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
            };
            await job.RunAsync(options, cancellation);
            Assert.Equal(
                Sorted(numbers.Where(n => n % 10 != 0).Select(n => $$"""{"value":{{n}},"result":{{100 / (n % 10)}}}""")),
                Sorted(LinesIn(results)));
            Assert.Equal(
                Sorted(numbers.Where(n => n % 10 == 0).Select(n =>
                    $$"""{"value":{{n}},"operator":"Select-1","reason":"Attempted to divide by zero."}""")),
                Sorted(LinesIn(rejected)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void What_keeps_something_or_takes_another_type_is_refused()
    {
        var numbers = new Job("refused").From(new ListSource<int>([1]));
        var kept = Assert.Throws<ArgumentException>(() => numbers.KeyBy(n => n).Aggregate(g => g.Count()).OnError(FailedRecords.Skip));
        Assert.Contains("'Aggregate-1' does not treat each by itself", kept.Message, StringComparison.Ordinal);
        var other = Assert.Throws<ArgumentException>(() => numbers.Select(n => $"{n}").OnError(out Stream<FailedRecord<string>> _));
        Assert.Contains("'Select-1' are not of the type string", other.Message, StringComparison.Ordinal);
        var twice = numbers.Where(n => n > 0).OnError(FailedRecords.Skip);
        Assert.Throws<InvalidOperationException>(() => twice.OnError(FailedRecords.Skip));
    }

    [Fact]
    public async Task R13_after_a_failure_and_a_restore_each_record_is_there_once_or_again()
    {
        foreach (var interpreted in new[] { true, false })
        {
            var expected = await BothWays.Run<string, string>(OnErrorPipelines.InTime, Many(), compiledStages: 5);
            var source = new FailingSource<string>(Many());
            var sink = new ListSink<string>();
            var job = new Job("recovery");
            OnErrorPipelines.InTime(job, source, sink);
            var options = new JobOptions
            {
                Interpreted = interpreted,
                Parallelism = 2,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                RestartStrategy = RestartStrategy.FixedDelay(1, TimeSpan.FromMilliseconds(1)),
                OnEvent = happened =>
                {
                    if (happened is JobEvent.CheckpointCompleted)
                    {
                        source.CheckpointCompleted();
                    }
                },
            };
            await job.RunAsync(options, TestContext.Current.CancellationToken);
            Assert.Equal(source.Delivered, source.ResumedAt);
            Assert.Equal(Sorted(expected.Distinct()), Sorted(sink.Records.Distinct()));
        }
    }

    private static string[] Many() => [.. Enumerable.Range(0, 10).SelectMany(i => Texts.Skip(i % 3).Concat(Texts.Take(i % 3)))];

    private static IEnumerable<string> LinesIn(string directory) => Directory.GetFiles(directory, "part-*").SelectMany(File.ReadLines);

    private static int? Parsed(string text) => int.TryParse(text, OnErrorPipelines.Invariant, out var n) ? n : null;

    private static string Failed(string text, string id) =>
        $"failed {text}  {id} FormatException The input string '{text}' was not in a correct format.";

    private static string FailedDigit(string text, string id) => Failed(text, id).Replace(
        $"'{text}'", $"'{text.First(c => !char.IsAsciiDigit(c))}'", StringComparison.Ordinal);

    private static IEnumerable<string> Sorted(IEnumerable<string> records) => records.Order(StringComparer.Ordinal);
}
