using Weir.Runtime.Streams;

namespace Weir.Runtime.Tests.Streams;

/// <summary>What comes in behind a held operator.</summary>
public sealed class HeldInputTests
{
    [Fact]
    public void What_comes_in_behind_a_stop_waits_in_order_and_is_handed_on_up_to_the_next_stop()
    {
        var stopping = new Stopping();
        stopping.Input.Add(new Watermark(1));
        stopping.StopsAt = 2;
        stopping.Input.Add(new Watermark(2));
        stopping.Input.Add(isIdle: true);
        stopping.Input.Add(new Watermark(3));
        stopping.Input.Wait("late");
        stopping.Input.Add(isIdle: false);
        Assert.Equal(["1", "2 stops"], stopping.Taken);

        stopping.StopsAt = 3;
        stopping.Resume();
        Assert.Equal(["1", "2 stops", "idle", "3 stops"], stopping.Taken);
        Assert.True(stopping.IsHeld);

        stopping.StopsAt = null;
        stopping.Resume();
        Assert.Equal(["1", "2 stops", "idle", "3 stops", "late", "active"], stopping.Taken);
        Assert.False(stopping.IsHeld);
    }

    [Fact]
    public void An_operator_that_is_not_stopped_and_at_which_something_waits_is_held_so_that_nothing_overtakes()
    {
        var stopping = new Stopping { StopsAt = 1 };
        stopping.Input.Add(new Watermark(1));
        stopping.Input.Add(isIdle: true);
        stopping.IsStopped = false;
        stopping.Input.Add(new Watermark(2));
        Assert.Equal(["1 stops"], stopping.Taken);

        stopping.Resume();
        Assert.Equal(["1 stops", "idle", "2"], stopping.Taken);
    }

    private sealed class Stopping : IStoppable<string>
    {
        public Stopping() => Input = new(this);

        public HeldInput<string> Input { get; }

        public List<string> Taken { get; } = [];

        public long? StopsAt { get; set; }

        public bool IsStopped { get; set; }

        public bool IsHeld => IsStopped || Input.IsWaiting;

        public void Take(Watermark watermark)
        {
            IsStopped = watermark.Time == StopsAt;
            Taken.Add(IsStopped ? $"{watermark.Time} stops" : $"{watermark.Time}");
        }

        public void Take(bool isIdle) => Taken.Add(isIdle ? "idle" : "active");

        public void Take(string records) => Taken.Add(records);

        public void Resume()
        {
            IsStopped = false;
            Input.GoOn();
        }
    }
}
