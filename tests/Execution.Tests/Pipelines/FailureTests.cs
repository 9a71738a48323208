namespace Weir.Execution.Tests.Pipelines;

/// <summary>What came of the records before one that fails is passed on first, by generated code and by delegates.</summary>
public sealed class FailureTests
{
    [Fact]
    public Task Running_results() => Agree(FailurePipelines.Running, ["50 1", "33 1"]);

    [Fact]
    public Task Windows_of_one_record() => Agree(FailurePipelines.Counted, ["50 1", "33 1"]);

    [Fact]
    public Task Windows_that_fire_at_once() => Agree(FailurePipelines.Triggered, ["50 1", "33 1"]);

    [Fact]
    public Task Results_of_an_operator_with_state() => Agree(FailurePipelines.Behind, ["2 4"], 2, 4, 0);

    [Fact]
    public Task Streams_that_are_split() => Agree(FailurePipelines.Split, ["even 2", "odd 3"]);

    [Fact]
    public Task Many_records_of_one() => Agree(FailurePipelines.Expanded, ["50", "and", "33", "and"]);

    private static async Task Agree(
        Action<Job, ISource<int>, ISink<string>> define, string[] expected, params int[] numbers)
    {
        foreach (var interpreted in new[] { true, false })
        {
            var job = new Job("fails");
            var sink = new ListSink<string>();
            define(job, new ListSource<int>(numbers.Length > 0 ? numbers : [2, 3, 0, 4]), sink);
            var options = new JobOptions { Parallelism = 1, Interpreted = interpreted, RestartStrategy = RestartStrategy.None };
            await Assert.ThrowsAnyAsync<Exception>(() => job.RunAsync(options, TestContext.Current.CancellationToken));
            Assert.Equal(expected, sink.Records);
        }
    }
}
