using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// A fire that is stopped again and again, with late records coming in meanwhile: the late stream's watermark overtakes nothing, and all
/// comes once.
/// </summary>
public sealed class HeldFireTests
{
    [Fact]
    public void R4_a_record_that_comes_while_a_fire_is_held_is_late_by_the_watermark_that_fires()
    {
        var run = new Held(new Random(0), closesAfter: 1);
        run.Record("a", 5);
        run.Record("b", 6);
        run.Record("d", 4);
        run.Record("c", 15);
        run.Watermark(9);
        Assert.True(run.IsHeld);
        run.Record("a", 7);
        run.Watermark(12);
        run.Idle(true);
        run.Record("a", 8);
        run.Record("a", 13);

        // The watermarks wait behind the fire on both outputs; the late records do not, and have nothing before them.
        Assert.DoesNotContain("WM", run.Main, StringComparison.Ordinal);
        Assert.Equal("a@7 a@8", run.Late);
        run.Drain();
        Assert.Equal("a=1@9 b=1@9 d=1@9 WM9 WM12 idle", run.Sorted());
        Assert.Equal("a@7 a@8 WM9 WM12 idle", run.Late);
        run.Watermark(19);
        run.Drain();
        Assert.Equal("a=1@9 b=1@9 d=1@9 WM9 WM12 idle a=1@19 c=1@19 WM19", run.Sorted());
    }

    [Fact]
    public void The_watermark_of_the_late_stream_overtakes_no_record_and_nothing_is_late_twice_whenever_the_fire_is_stopped()
    {
        var held = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var run = new Held(random, closesAfter: random.Next(1, 6));
            var (watermark, idle) = (long.MinValue, false);
            var (expectedLate, expectedPanes) = (new List<string>(), new SortedDictionary<(long End, string Key), int>());
            var lateBefore = new Dictionary<string, HashSet<string>>();
            for (var i = 0; i < 120; i++)
            {
                switch (random.Next(8))
                {
                    case 0:
                        var next = Math.Max(watermark, (i * 2) - random.Next(20));
                        watermark = next;
                        run.Watermark(next);
                        lateBefore.TryAdd($"WM{next}", [.. expectedLate]);
                        break;
                    case 1:
                        run.Idle(idle = !idle);
                        break;
                    case 2 or 3:
                        run.Resume();
                        break;
                    default:
                        var (key, time) = ($"k{random.Next(5)}", (i * 2L) - random.Next(30));
                        run.Record(key, time);
                        var end = Held.Windows.Of(time).EndTime;
                        if (end - 1 <= watermark)
                        {
                            expectedLate.Add($"{key}@{time}");
                        }
                        else
                        {
                            expectedPanes[(end, key)] = expectedPanes.GetValueOrDefault((end, key)) + 1;
                        }

                        break;
                }

                held += run.IsHeld ? 1 : 0;
            }

            run.Watermark(long.MaxValue);
            run.Drain();
            var late = run.Late.Split(' ');
            Assert.Equal($"{seed}: {Join(expectedLate)}",
                $"{seed}: {Join(late.Where(line => line.Contains('@', StringComparison.Ordinal)))}");
            Assert.Equal(
                $"{seed}: {Sorted(expectedPanes.Select(pane => $"{pane.Key.Key}={pane.Value}@{pane.Key.End - 1}"))}",
                $"{seed}: {Sorted(run.Main.Split(' ').Where(line => line.Contains('@', StringComparison.Ordinal)))}");
            Assert.Equal(Progress(run.Main), Progress(run.Late));
            var seen = new List<string>();
            foreach (var line in late)
            {
                if (lateBefore.TryGetValue(line, out var before))
                {
                    Assert.True(before.IsSubsetOf(seen), $"seed {seed}: {line} overtook {Join(before.Except(seen))}");
                }

                seen.Add(line);
            }
        }

        Assert.True(held > 1000, $"a fire was held only {held} times");
    }

    private static string Join(IEnumerable<string> lines) => string.Join(' ', lines);

    private static string Sorted(IEnumerable<string> lines) => Join(lines.Order(StringComparer.Ordinal));

    private static string Progress(string lines) => Join(lines.Split(' ').Where(line => !line.Contains('@', StringComparison.Ordinal)));

    /// <summary>A windowed aggregate whose output fills up after so many batches of two, until it is resumed.</summary>
    private sealed class Held
    {
        public static readonly Tumbling Windows = Tumbling.Of(TimeSpan.FromMicroseconds(10));

        private readonly Random _random;
        private readonly Receiver<(string Key, long Time)> _kernel;
        private readonly IResumable _operator;
        private readonly SubtaskContext _subtask = new(TestJob.Context("held") with { BatchCapacity = 2 }, 0, 0, 1);

        private readonly List<string> _main = [];
        private readonly List<string> _late = [];

        public Held(Random random, int closesAfter)
        {
            _random = random;
            var left = closesAfter;
            var main = new Lines<string>(_main, (value, time) => $"{value}@{time}", () =>
            {
                if (--left <= 0)
                {
                    left = closesAfter;
                    _subtask.Flow.Close();
                }
            });
            var stage = new Job("held").From(new MemorySource<(string Key, long Time)>([]))
                .WithEventTime(_ => 0L, TimeSpan.Zero)
                .KeyBy(record => record.Key)
                .Window(Windows)
                .LateTo(out _)
                .Aggregate(g => $"{g.Key}={g.Count()}")
                .Stage;
            var late = new Lines<(string Key, long Time)>(_late, (value, time) => $"{value.Key}@{time}", () => { });
            var owned = new List<IStatefulOperator>();
            var receivers = new Dictionary<StageOutput, object> { [stage.Outputs[0]] = main, [stage.Outputs[1]] = late };
            var context = new SpanContext([stage], receivers, _subtask, owned);
            _kernel = (Receiver<(string, long)>)stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
            _operator = (IResumable)owned.Single();
        }

        public bool IsHeld => _operator.IsHeld;

        public string Main => Join(_main);

        public string Late => Join(_late);

        /// <summary>The main output, results between two watermarks in order.</summary>
        public string Sorted()
        {
            var (lines, results) = (new List<string>(), new List<string>());
            foreach (var line in _main)
            {
                if (line.Contains('@', StringComparison.Ordinal))
                {
                    results.Add(line);
                    continue;
                }

                lines.AddRange(results.Order(StringComparer.Ordinal));
                results.Clear();
                lines.Add(line);
            }

            return Join(lines.Concat(results));
        }

        public void Record(string key, long time)
        {
            var batch = new Batch<(string, long)>(1);
            batch.Add((key, time), time);
            _kernel.OnBatch(batch);
        }

        public void Watermark(long time) => _kernel.OnWatermark(new Watermark(time));

        public void Idle(bool isIdle) => _kernel.OnIdle(isIdle);

        public void Resume()
        {
            _subtask.Flow.Open();
            _subtask.Flow.TryResume();
            if (_random.Next(3) > 0)
            {
                _subtask.Flow.Open();
            }
        }

        public void Drain()
        {
            for (var i = 0; IsHeld; i++)
            {
                Assert.True(i < 10_000, "It never came to an end.");
                _subtask.Flow.Open();
                _subtask.Flow.TryResume();
            }

            _subtask.Flow.Open();
        }
    }

    private sealed class Lines<T>(List<string> lines, Func<T, long, string> text, Action came) : Receiver<T>
    {
        public override void OnBatch(Batch<T> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                lines.Add(text(batch.Values[i], batch.Times[i]));
            }

            came();
        }

        public override void OnWatermark(Watermark watermark) =>
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"WM{watermark.Time}"));

        public override void OnIdle(bool isIdle) => lines.Add(isIdle ? "idle" : "active");
    }
}
