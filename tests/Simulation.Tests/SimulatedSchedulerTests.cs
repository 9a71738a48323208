using Weir.Runtime.Scheduling;
using Weir.Testing;

namespace Weir.Simulation.Tests;

public class SimulatedSchedulerTests
{
    private readonly SimulatedTime _time = new();
    private readonly SimulatedWorkPool _pool = new();

    [Fact]
    public void Steppers_are_driven_in_orders_that_differ_by_seed_until_all_are_done()
    {
        var orders = Enumerable.Range(0, 20).Select(seed => OrderOf(seed)).ToList();

        Assert.All(orders, order => Assert.Equal("aaaaabbbbbccccc", string.Concat(order.Order())));
        Assert.Equal(orders, Enumerable.Range(0, 20).Select(seed => OrderOf(seed)));
        Assert.True(orders.Distinct().Count() > 10, "Twenty seeds, hardly any orders.");
    }

    [Fact]
    public void Time_passes_to_the_next_deadline_when_all_are_idle()
    {
        var due = Deadline.In(_time, TimeSpan.FromMinutes(10));
        var sleeper = new Stepper("sleeper", () => _time.Elapsed >= TimeSpan.FromMinutes(10) ? StepResult.Done : StepResult.IdleUntil(due));

        new SimulatedScheduler([sleeper], 1, _time, _pool).Run();

        Assert.InRange(_time.Elapsed, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Work_runs_some_time_after_it_was_begun_and_wakes_who_waits_for_it()
    {
        Pending<int>? pending = null;
        var asker = new Stepper("asker", () =>
        {
            if (pending is null)
            {
                pending = _pool.Run("answer", _ => ValueTask.FromResult(42));
                Assert.False(pending.IsDone);
                return StepResult.Progress;
            }

            return pending.IsDone ? StepResult.Done : StepResult.Idle;
        });

        new SimulatedScheduler([asker], 1, _time, _pool).Run();

        Assert.Equal(42, pending!.Result);
    }

    [Fact]
    public void Who_waits_for_what_never_comes_is_named()
    {
        var waiting = new Stepper("subtask 0.0", () => StepResult.Idle);

        var stalled = Assert.Throws<SimulationStalledException>(() => new SimulatedScheduler([waiting], 1, _time, _pool).Run());

        Assert.Contains("subtask 0.0, idle", stalled.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_idle_stepper_is_stepped_only_when_it_is_woken_or_due()
    {
        var steps = 0;
        var idle = new Stepper("idle", () => ++steps > 1 ? StepResult.Done : StepResult.Idle);
        var left = 100;
        var busy = new Stepper("busy", () =>
        {
            Assert.InRange(steps, 0, 1);
            if (--left == 0)
            {
                idle.Wake!();
                return StepResult.Done;
            }

            return StepResult.Progress;
        });

        new SimulatedScheduler([idle, busy], 1, _time, _pool).Run();

        Assert.Equal(2, steps);
    }

    [Fact]
    public void A_timer_wakes_who_waits_for_it_alone()
    {
        var isOver = false;
        var waiting = new Stepper("waiting", () => isOver ? StepResult.Done : StepResult.Idle);
        using var timer = _time.CreateTimer(
            _ =>
            {
                isOver = true;
                waiting.Wake!();
            },
            null,
            TimeSpan.FromHours(3),
            Timeout.InfiniteTimeSpan);

        new SimulatedScheduler([waiting], 1, _time, _pool).Run();

        Assert.InRange(_time.Elapsed, TimeSpan.FromHours(3), TimeSpan.FromHours(3) + TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(WorkFault.FailBefore, 0)]
    [InlineData(WorkFault.FailAfter, 1)]
    public void Work_that_fails_has_done_nothing_or_everything(WorkFault fault, int done)
    {
        var count = 0;
        var pending = _pool.Run("work", _ => ValueTask.FromResult(++count));

        _pool.RunOne(0, fault);

        Assert.IsType<IOException>(pending.Failure);
        Assert.Equal(done, count);
    }

    [Fact]
    public void Work_that_waits_for_another_thread_is_refused()
    {
        var pending = _pool.Run("work", _ => new ValueTask<int>(new TaskCompletionSource<int>().Task));

        _pool.RunOne(0);

        Assert.IsType<InvalidOperationException>(pending.Failure);
    }

    private string OrderOf(int seed)
    {
        var order = "";
        Stepper Five(string name)
        {
            var left = 5;
            return new Stepper(name, () =>
            {
                order += name;
                return --left == 0 ? StepResult.Done : StepResult.Progress;
            });
        }

        new SimulatedScheduler([Five("a"), Five("b"), Five("c")], seed, _time, _pool).Run();
        return order;
    }

    private sealed class Stepper(string name, Func<StepResult> step) : IStepper
    {
        public string Name => name;

        public Action? Wake { get; set; }

        public StepResult Step() => step();
    }
}
