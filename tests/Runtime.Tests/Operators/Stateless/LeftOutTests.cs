using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Stateless;

/// <summary><c>OnError</c> in whole pipelines that are killed and restored again and again (semantics R13).</summary>
public sealed class LeftOutTests
{
    private static readonly TimeSpan Ever = TimeSpan.FromDays(1);

    [Fact]
    public void R13_a_run_that_is_killed_and_restored_again_and_again_has_each_record_in_one_stream_once() =>
        Prop.ForAll<int[], int[], int>((first, second, seed) =>
        {
            var random = new Random(seed);
            var (results, aside) = (new MemorySink<string>(), new MemorySink<string>());
            var job = new Job("left-out");
            var split = job.From(new MemorySource<int>(first, second, [.. first, .. second, .. Enumerable.Range(0, 20)]))
                .Where(n => Try(n, 2) >= 0 || n < 0).OnError(out Stream<FailedRecord<int>> notAsked)
                .WithEventTime(n => (long)Try(n, 3), Ever).OnError(out Stream<FailedRecord<int>> untimed)
                .SelectMany(n => Enumerable.Range(0, 3).Select(i => i < 2 ? n : Try(n, 5))).OnError(out Stream<FailedRecord<int>> halves)
                .Select(n => Try(n, 7)).OnError(FailedRecords.Skip)
                .KeyBy(n => Try(n, 11)).OnError(out var keyless);
            split.Window(Tumbling.Of(TimeSpan.FromMicroseconds(50)))
                .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()}").To(results);
            notAsked.Select(Text).Union(untimed.Select(Text), halves.Select(Text), keyless.Select(Text)).To(aside);

            PipelineRun? before = null;
            var checkpoint = 0L;
            for (var attempt = 1; attempt < 6; attempt++)
            {
                var run = PipelineRun.Start(
                    job, 1 + random.Next(3), random.Next(), attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(60));
                run.Inject(++checkpoint);
                run.StepUntil(() => run.Newest?.Id.Value == checkpoint);
                if (random.Next(2) == 0)
                {
                    run.Complete(checkpoint);
                }

                run.Steps(random.Next(60));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 6, restoreFrom: before, keyGroupCount: 128).Finish(checkpoint + 1);
            int[] all = [.. first, .. second, .. first, .. second, .. Enumerable.Range(0, 20)];
            Assert.Equal(Aside(all).Order(StringComparer.Ordinal), aside.Committed.Order(StringComparer.Ordinal));
            Assert.Equal(Results(all).Order(StringComparer.Ordinal), results.Committed.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    private static string Text(FailedRecord<int> failed) => $"{failed.Operator} {failed.Record} {failed.Message}";

    // Fails on what a number divides; the number itself passes.
    private static int Try(int n, int divisor) =>
        n % divisor == 0 && n != 0 ? throw new FormatException($"{n} by {divisor}") : n;

    private static IEnumerable<string> Aside(int[] all) => all.Where(n => n != 0).SelectMany(n =>
        n % 2 == 0 ? [$"Where-1 {n} {n} by 2"]
        : n % 3 == 0 ? [$"WithEventTime-1 {n} {n} by 3"]
        : n % 5 == 0 ? [$"SelectMany-1 {n} {n} by 5"]
        : n % 7 == 0 ? []
        : n % 11 == 0 ? Enumerable.Repeat($"KeyBy-1 {n} {n} by 11", 3)
        : Array.Empty<string>());

    private static IEnumerable<string> Results(int[] all) => all
        .Where(n => n == 0 || ((int[])[2, 3, 5, 7, 11]).All(divisor => n % divisor != 0))
        .SelectMany(n => Enumerable.Repeat(n, 3))
        .GroupBy(n => (n, Start: Tumbling.Of(TimeSpan.FromMicroseconds(50)).Of(n).StartTime))
        .Select(g => $"{g.Key.n} {g.Key.Start} {g.Count()}");
}
