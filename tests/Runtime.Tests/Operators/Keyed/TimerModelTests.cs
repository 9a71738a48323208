using System.Globalization;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>Random programs of timers, against a model that keeps them in a sorted set and does what R9 says.</summary>
public sealed class TimerModelTests
{
    private const int Programs = 200;

    [Fact]
    public void Random_programs_of_timers_do_what_a_sorted_set_does_whatever_is_restored_in_between()
    {
        var first = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds from {first}");
        for (var i = 0; i < Programs; i++)
        {
            Play(unchecked(first + i));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Known_programs_of_timers_do_what_a_sorted_set_does(int seed) => Play(seed);

    private static void Play(int seed)
    {
        var random = new Random(seed);
        var model = new Model();
        var harness = new ProcessHarness<(long Key, long Value)>(ProcessScript.StageOf(
            (_, value, context) => Act(value, context.Time!.Value, new InContext(context)),
            (_, timer, context) =>
            {
                context.Emit(Line(context.Key, timer.Name, timer.Time, timer.IsEventTime, context.Watermark));
                Follow(timer.Time, timer.Name, timer.IsEventTime, new InContext(context));
            }));
        var (watermark, clock) = (0L, 0L);
        for (var step = 0; step < 60; step++)
        {
            if (random.Next(3) == 0)
            {
                harness.Restore(harness.Snapshot());
            }

            switch (random.Next(5))
            {
                case 0:
                    // Only after a restore does one come twice, and then it fires nothing.
                    watermark += random.Next(1, 12);
                    harness.Watermark(watermark);
                    model.Fire(watermark, isEventTime: true);
                    model.Lines.Add($"WM{watermark}");
                    break;
                case 1:
                    clock += random.Next(12);
                    harness.Clock(clock);
                    model.Now = clock;
                    model.Fire(clock, isEventTime: false);
                    break;
                default:
                    var (key, value, time) = ((long)random.Next(4), (long)random.Next(), watermark + random.Next(-10, 20));
                    harness.Records(((key, value), time));
                    model.Key = key;
                    Act(value, time, model);
                    break;
            }

            // Of timers of one time the order is free; the watermark is behind all of them.
            var came = harness.Take().Select(made => $"{made.Value}").Order(StringComparer.Ordinal);
            Assert.True(
                model.Lines.Order(StringComparer.Ordinal).SequenceEqual(came),
                $"seed {seed}, step {step}: {string.Join(' ', model.Lines)} but came {string.Join(' ', came)}");
            model.Lines.Clear();
        }
    }

    private static void Act(long value, long time, ITimers timers)
    {
        var random = new Random((int)(value % int.MaxValue));
        for (var i = random.Next(4); i >= 0; i--)
        {
            var name = random.Next(2) == 0 ? "" : "b";
            var isEventTime = random.Next(2) == 0;
            var at = (isEventTime ? time : timers.Now) + random.Next(-3, 10);
            if (random.Next(4) == 0)
            {
                timers.Delete(at, name, isEventTime);
            }
            else
            {
                timers.Register(at, name, isEventTime);
            }
        }
    }

    private static void Follow(long time, string name, bool isEventTime, ITimers timers)
    {
        if (time % 3 == 0)
        {
            timers.Register(time + 1, name, isEventTime);
        }
        else if (time % 5 == 0)
        {
            timers.Delete(time + 2, name, !isEventTime);
        }
    }

    private static string Line(long key, string name, long time, bool isEventTime, long watermark) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}/{name}/{time}/{(isEventTime ? "e" : "p")}/{watermark}");

    private interface ITimers
    {
        long Now { get; }

        void Register(long time, string name, bool isEventTime);

        void Delete(long time, string name, bool isEventTime);
    }

    private sealed class InContext(ProcessContext<long, string> context) : ITimers
    {
        public long Now => context.ProcessingTime;

        public void Register(long time, string name, bool isEventTime)
        {
            if (isEventTime)
            {
                context.RegisterEventTimer(time, name);
            }
            else
            {
                context.RegisterProcessingTimer(time, name);
            }
        }

        public void Delete(long time, string name, bool isEventTime)
        {
            if (isEventTime)
            {
                context.DeleteEventTimer(time, name);
            }
            else
            {
                context.DeleteProcessingTimer(time, name);
            }
        }
    }

    private sealed class Model : ITimers
    {
        private readonly SortedSet<(long Time, long Key, string Name)> _event = [];
        private readonly SortedSet<(long Time, long Key, string Name)> _processing = [];
        private long _watermark = long.MinValue;

        public long Key { get; set; }

        public long Now { get; set; }

        public List<string> Lines { get; } = [];

        public void Register(long time, string name, bool isEventTime) => Of(isEventTime).Add((time, Key, name));

        public void Delete(long time, string name, bool isEventTime) => Of(isEventTime).Remove((time, Key, name));

        public void Fire(long until, bool isEventTime)
        {
            _watermark = isEventTime ? until : _watermark;
            var timers = Of(isEventTime);
            while (timers.Count > 0 && timers.Min is var timer && timer.Time <= until)
            {
                timers.Remove(timer);
                Key = timer.Key;
                Lines.Add(Line(Key, timer.Name, timer.Time, isEventTime, _watermark));
                Follow(timer.Time, timer.Name, isEventTime, this);
            }
        }

        private SortedSet<(long Time, long Key, string Name)> Of(bool isEventTime) => isEventTime ? _event : _processing;
    }
}
