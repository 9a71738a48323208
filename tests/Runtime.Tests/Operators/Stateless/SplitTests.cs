using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Stateless;

/// <summary><c>Split</c> and <c>Flatten</c>, in whole pipelines.</summary>
public sealed class SplitTests
{
    private static readonly MemorySource<int> Numbers = new([.. Enumerable.Range(0, 30)], [.. Enumerable.Range(30, 31)]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_record_goes_into_one_of_two_streams(int parallelism)
    {
        var (even, odd) = (new MemorySink<int>(), new MemorySink<int>());
        var job = new Job("split");
        job.From(Numbers).Split(n => n % 2 == 0, out var rest).To(even);
        rest.To(odd);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(Enumerable.Range(0, 61).Where(n => n % 2 == 0), even.Visible);
        Assert.Equal(Enumerable.Range(0, 61).Where(n => n % 2 == 1), odd.Visible);
    }

    [Fact]
    public void Records_of_derived_types_go_into_streams_of_these_types()
    {
        var (circles, squares, others) = (new MemorySink<double>(), new MemorySink<double>(), new MemorySink<string>());
        var job = new Job("types");
        job.From(new MemorySource<Shape>([new Circle(1), new Square(2), new Dot(), new Circle(3), null!]))
            .Split(out Stream<Circle> round, out Stream<Square> edged)
            .Select(shape => shape?.GetType().Name ?? "null").To(others);
        round.Select(circle => circle.Radius).To(circles);
        edged.Select(square => square.Side).To(squares);

        PipelineRun.Start(job).Finish(1);

        Assert.Equal([1.0, 3.0], circles.Visible);
        Assert.Equal([2.0], squares.Visible);
        Assert.Equal(["Dot", "null"], others.Visible);
    }

    [Fact]
    public void A_type_behind_one_that_it_derives_from_is_refused()
    {
        var shapes = new Job("types").From(new MemorySource<Shape>([]));

        var failure = Assert.Throws<ArgumentException>(() => shapes.Split(out Stream<Shape> _, out Stream<Circle> _));

        Assert.Contains("would never get a record", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_value_of_a_key_has_a_stream_and_so_has_the_rest(int parallelism)
    {
        var (zeros, twos, others) = (new MemorySink<int>(), new MemorySink<int>(), new MemorySink<int>());
        var job = new Job("keys");
        var streams = job.From(Numbers).Split(n => n % 4, 0, 2);
        streams[0].To(zeros);
        streams[2].To(twos);
        streams.Rest.To(others);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(Enumerable.Range(0, 61).Where(n => n % 4 == 0), zeros.Visible);
        Assert.Equal(Enumerable.Range(0, 61).Where(n => n % 4 == 2), twos.Visible);
        Assert.Equal(Enumerable.Range(0, 61).Where(n => n % 2 == 1), others.Visible);
        Assert.Throws<ArgumentException>(() => streams[1]);
        Assert.Throws<ArgumentException>(() => job.From(Numbers).Split(n => n % 4, 1, 1));
        Assert.Throws<ArgumentException>(() => job.From(Numbers).Split(n => n % 4, []));
    }

    [Fact]
    public void A_stream_that_goes_nowhere_is_refused_by_its_name()
    {
        var job = new Job("nowhere");
        job.From(Numbers).Split(n => n > 3, out _).To(new MemorySink<int>());

        Assert.Contains(
            "'Split-1.rest' ends nowhere", Assert.Throws<PlanException>(() => PipelineRun.Start(job)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Both_streams_keep_event_times_and_watermarks(int parallelism)
    {
        var (even, odd) = (new MemorySink<string>(), new MemorySink<string>());
        var windows = Tumbling.Of(TimeSpan.FromMicroseconds(10));
        var job = new Job("timed");
        job.From(Numbers).WithEventTime(n => (long)n, TimeSpan.Zero).Split(n => n % 2 == 0, out var rest)
            .KeyBy(n => n % 2).Window(windows).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(even);
        rest.KeyBy(n => n % 2).Window(windows).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(odd);

        var run = PipelineRun.Start(job, parallelism);
        run.Finish(1);

        Assert.Equal(["0=5", "10=5", "20=5", "30=5", "40=5", "50=5", "60=1"], even.Visible);
        Assert.Equal(["0=5", "10=5", "20=5", "30=5", "40=5", "50=5"], odd.Visible);
        Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
    }

    [Fact]
    public void Collections_of_each_kind_are_flattened()
    {
        var sink = new MemorySink<int>();
        var job = new Job("flat");
        var lists = job.From(new MemorySource<List<int>>([[1, 2], [], [3]])).Flatten();
        var arrays = job.From(new MemorySource<int[]>([[4], [5, 6]])).Flatten();
        var sequences = job.From(new MemorySource<IEnumerable<int>>([Enumerable.Range(7, 3)])).Flatten();
        var readOnly = job.From(new MemorySource<IReadOnlyList<int>>([[10], [11]])).Flatten();
        lists.Union(arrays, sequences, readOnly).To(sink);

        PipelineRun.Start(job, 2).Finish(1);

        Assert.Equal(Enumerable.Range(1, 11), sink.Visible);
        Assert.Equal("Flatten-1", lists.Stage.Id);
    }

    [Fact]
    public void A_record_of_Flatten_that_is_null_is_told()
    {
        var job = new Job("flat");
        job.From(new MemorySource<int[]>([[1], null!])).Flatten().To(new MemorySink<int>());

        var failure = Assert.Throws<OperatorException>(() => PipelineRun.Start(job).Finish(1));

        Assert.Contains("'Flatten-1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Leave such records out before it with Where", $"{failure}", StringComparison.Ordinal);
    }

    private record Shape;

    private sealed record Circle(double Radius) : Shape;

    private sealed record Square(double Side) : Shape;

    private sealed record Dot : Shape;
}
