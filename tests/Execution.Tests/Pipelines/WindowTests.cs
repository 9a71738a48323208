namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows of every form mean the same by generated code and by delegates, on one subtask and on several.</summary>
public sealed class WindowTests
{
    [Fact]
    public Task Sessions() => Agree(WindowPipelines.Session, compiledStages: 4);

    [Fact]
    public Task Windows_that_overlap() => Agree(WindowPipelines.Slide, compiledStages: 4);

    [Fact]
    public Task Numbers_of_records_without_event_times() => Agree(WindowPipelines.Counts, compiledStages: 3, inOrder: true);

    [Fact]
    public Task Numbers_of_records_that_overlap() => Agree(WindowPipelines.CountsThatSlide, compiledStages: 2, inOrder: true);

    [Fact]
    public Task Windows_without_a_key() => Agree(WindowPipelines.All, compiledStages: 4);

    [Theory]
    [InlineData("tumbling")]
    [InlineData("sliding")]
    [InlineData("sessions")]
    public Task Windows_that_only_the_caller_knows(string kind)
    {
        WindowKind windows = kind switch
        {
            "tumbling" => Tumbling.Of(TimeSpan.FromSeconds(1)),
            "sliding" => Sliding.Of(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(700)),
            "sessions" => SessionWindow.WithGap(TimeSpan.FromMilliseconds(100)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        return Agree((job, source, sink) => WindowPipelines.Given(job, source, sink, windows), compiledStages: 3);
    }

    [Fact]
    public Task Reductions() => Agree(WindowPipelines.Reduced, compiledStages: 4);

    // Where it counts which record comes first, several subtasks of a source give no one order: those are left out.
    internal static Task Agree(Action<Job, ISource<Reading>, ISink<string>> define, int compiledStages, bool inOrder = false) =>
        Readings.ForEach(async readings =>
        {
            IEnumerable<string>? expected = null;
            foreach (var (parallelism, capacity, interpreted) in new[] { (1, 1024, true), (1, 1024, false), (1, 3, false), (3, 7, false) })
            {
                if (inOrder && parallelism > 1)
                {
                    continue;
                }

                var (actual, compiled) = await BothWays.Run(define, readings, parallelism, capacity, interpreted);
                Assert.True(interpreted || compiled == compiledStages, $"{compiled} stages were compiled, {compiledStages} should be");
                expected ??= actual.Order(StringComparer.Ordinal);
                Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
            }

            Assert.True(readings.Count < 40 || expected!.Any(), "nothing came out");
        });
}
