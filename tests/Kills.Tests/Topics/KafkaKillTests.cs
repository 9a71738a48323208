using System.Diagnostics;
using Weir.Victim;

namespace Weir.Kills.Tests.Topics;

/// <summary>
/// A job from topic to topic that is killed, frozen and replaced; and three topics that show nothing of it: copies in order, counts that
/// rise by one, sums of windows.
/// </summary>
/// <remarks>
/// With every build each point is hit once or twice. <c>WEIR_KAFKA_HITS=20</c> hits each as often, <c>WEIR_KAFKA_SECONDS=600</c> kills at
/// random moments for as long, <c>WEIR_KAFKA_SEED</c> repeats a run: each test prints its seed. <c>WEIR_KAFKA_MODE</c> is how
/// checkpoints are taken where points are hit: <c>aligned</c>, where nothing is said, <c>unaligned</c> or <c>mixed</c>.
/// </remarks>
public sealed class KafkaKillTests(ITestOutputHelper output) : Seeded(output)
{
    /// <summary>
    /// Where a zombie stands still: at two points with every build, at all six if <c>WEIR_KAFKA_ZOMBIES</c> says how often.
    /// </summary>
    public static TheoryData<string> Standing => Number("WEIR_KAFKA_ZOMBIES") is null
        ? [TopicPoint.AfterRead, TopicPoint.BeforeProgress]
        :
        [
            TopicPoint.AfterInit, TopicPoint.AfterRead, TopicPoint.BeforeProgress, TopicPoint.AfterProgress, Failpoint.BeforeManifest,
            TopicPoint.BeforeCleanUp,
        ];

    [Fact]
    public async Task Killed_at_every_point_of_the_protocol_each_record_is_there_once()
    {
        await using var run = await TopicsRun.OpenAsync(
            Seed(), mode: Environment.GetEnvironmentVariable("WEIR_KAFKA_MODE") ?? "aligned");
        var hits = Number("WEIR_KAFKA_HITS") ?? 1;

        // Nothing was ever decided; then there is something to restore and to clean up.
        await run.KillAtAsync(TopicPoint.AfterManifest, 1);
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        var points = Enumerable.Repeat(TopicPoint.All, hits).SelectMany(points => points).ToArray();
        run.Random.Shuffle(points);
        foreach (var point in points)
        {
            await run.KillAtAsync(point, HitOf(point, run.Random));
        }

        await run.FinishAsync();
        Output.WriteLine($"kafka points: {run}");
        run.WasOpen();
        Assert.All(TopicPoint.All, point => Assert.True(run.Hits.GetValueOrDefault(point) >= hits, $"{point} was hit too seldom"));
    }

    [Fact]
    public async Task Killed_at_any_moment_each_record_is_there_once_however_the_checkpoints_of_each_start_are_taken()
    {
        await using var run = await TopicsRun.OpenAsync(Seed(), mode: "mixed");
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(Number("WEIR_KAFKA_SECONDS") ?? 8))
        {
            await run.KillAfterAsync(TimeSpan.FromMilliseconds(run.Random.Next(200, 3000)));
        }

        await run.FinishAsync();
        Output.WriteLine($"kafka any moment: {run}");
        run.WasOpen();
    }

    [Theory]
    [MemberData(nameof(Standing))]
    public async Task A_process_that_stood_still_and_was_replaced_names_its_rival_and_does_no_harm(string point)
    {
        await using var run = await TopicsRun.OpenAsync(Seed());
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        TopicsProcess? rival = null;
        for (var i = 0; i < (Number("WEIR_KAFKA_ZOMBIES") ?? 1); i++)
        {
            rival?.Kill();
            rival = await run.ReplaceAsync(point, point is TopicPoint.AfterInit or TopicPoint.AfterRead ? 1 : run.Random.Next(1, 6));
        }

        await run.FinishAsync(rival);
        Output.WriteLine($"kafka zombie at {point}: {run}");
    }

    private static int HitOf(string point, Random random) => point switch
    {
        TopicPoint.AfterInit or TopicPoint.AfterRead or TopicPoint.AfterClaim => 1,
        TopicPoint.AfterFetch => random.Next(1, 2_000),
        Failpoint.DuringRestore => random.Next(1, 4),
        _ => random.Next(1, 9),
    };
}
