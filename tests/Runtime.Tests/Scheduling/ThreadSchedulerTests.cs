using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Tests.Scheduling;

public sealed class ThreadSchedulerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Every_stepper_is_stepped_to_its_end_by_one_thread(int workers)
    {
        var steppers = Enumerable.Range(0, 5).Select(i => new Counting(100 + i)).ToList();
        var outcome = await new ThreadScheduler(workers).RunAsync(steppers, CancellationToken.None);
        Assert.Equal(ScheduleOutcome.AllDone, outcome);
        Assert.All(steppers, stepper => Assert.Single(stepper.Threads));
        Assert.All(steppers, stepper => Assert.Equal(stepper.Limit + 1, stepper.Steps));
        Assert.Equal(Math.Min(workers, 5), steppers.SelectMany(stepper => stepper.Threads).Distinct().Count());
    }

    [Fact]
    public async Task The_first_failure_ends_the_run_and_says_who_failed()
    {
        var failing = new Counting(10) { Failure = new InvalidOperationException("no") };
        var endless = new Counting(int.MaxValue - 1);
        var outcome = await new ThreadScheduler(2).RunAsync([endless, failing], CancellationToken.None);
        Assert.Same(failing, outcome.Failed);
        Assert.Same(failing.Failure, outcome.Failure);
        Assert.False(outcome.IsCanceled);
    }

    [Fact]
    public async Task A_cancelled_run_ends_between_steps()
    {
        using var stop = new CancellationTokenSource();
        var endless = new Counting(int.MaxValue - 1) { OnStep = step => Cancel(step, stop) };
        var idle = new Idle();
        var outcome = await new ThreadScheduler(2).RunAsync([endless, idle], stop.Token);
        Assert.True(outcome.IsCanceled);
        Assert.Null(outcome.Failure);
    }

    [Fact]
    public async Task A_parked_worker_wakes_up_for_its_stepper()
    {
        var sleeper = new Idle { EndsWhenWoken = true };
        var run = new ThreadScheduler(1).RunAsync([sleeper], CancellationToken.None);
        await sleeper.LongIdle.Task;
        sleeper.IsOver = true;
        sleeper.WakeUp();
        Assert.Equal(ScheduleOutcome.AllDone, await run);
    }

    [Fact]
    public async Task A_parked_worker_sleeps_to_the_deadline_of_a_clock_that_others_advance()
    {
        var time = new SteppedTime();
        var sleeper = new Idle { Next = Deadline.In(time, TimeSpan.FromDays(3)), EndsWhenWoken = true };
        var run = new ThreadScheduler(1, time).RunAsync([sleeper], CancellationToken.None);
        await sleeper.LongIdle.Task;
        sleeper.IsOver = true;
        time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(ScheduleOutcome.AllDone, await run);
    }

    [Fact]
    public async Task A_parked_worker_sleeps_to_the_deadline_of_the_machines_clock()
    {
        var sleeper = new Idle { Next = Deadline.In(TimeProvider.System, TimeSpan.FromMilliseconds(30)), EndsAtDeadline = true };
        var outcome = await new ThreadScheduler(1).RunAsync([sleeper], CancellationToken.None);
        Assert.Equal(ScheduleOutcome.AllDone, outcome);

        // A worker that polled would have looked many times more: it spins, yields, parks, and wakes once. On a busy machine the deadline may
        // have passed before the first look.
        Assert.InRange(sleeper.Steps, 1, 200);
    }

    [Fact]
    public async Task A_failure_and_a_cancellation_wake_workers_that_would_sleep_for_ever()
    {
        var sleeper = new Idle();
        var failing = new Counting(10) { Failure = new InvalidOperationException("no"), Before = sleeper.LongIdle.Task };
        var outcome = await new ThreadScheduler(2).RunAsync([sleeper, failing], CancellationToken.None);
        Assert.Same(failing.Failure, outcome.Failure);

        using var stop = new CancellationTokenSource();
        var second = new Idle();
        var run = new ThreadScheduler(1).RunAsync([second], stop.Token);
        await second.LongIdle.Task;
        await stop.CancelAsync();
        Assert.True((await run).IsCanceled);
    }

    [Fact]
    public async Task Disposing_the_pool_cancels_its_work_and_waits_for_it()
    {
        var pool = new ThreadPoolWork(TimeSpan.FromSeconds(30), TimeProvider.System);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = false;
        var pending = pool.Run<int>("endless", async cancellation =>
        {
            var never = new TaskCompletionSource<int>();
            using var registration = cancellation.Register(() => never.SetCanceled(cancellation));
            started.SetResult();
            try
            {
                return await never.Task;
            }
            finally
            {
                ended = true;
            }
        });
        var quick = pool.Run("quick", _ => ValueTask.FromResult(7));
        await started.Task;
        await pool.DisposeAsync();
        Assert.True(ended);
        Assert.True(pending.IsDone);
        Assert.IsAssignableFrom<OperationCanceledException>(pending.Failure);
        Assert.Equal(7, quick.Result);
    }

    [Fact]
    public void The_step_loop_stops_when_nothing_moves()
    {
        Assert.True(StepLoop.Run([new Counting(3), new Counting(5)]));
        Assert.False(StepLoop.Run([new Counting(3), new Idle()]));
    }

    private static void Cancel(int step, CancellationTokenSource stop)
    {
        if (step == 1000)
        {
            stop.Cancel();
        }
    }

    private sealed class Counting(int limit) : IStepper
    {
        public int Limit => limit;

        public string Name => "counting";

        public Action? Wake
        {
            set { }
        }

        public int Steps { get; private set; }

        public HashSet<Thread> Threads { get; } = [];

        public Exception? Failure { get; init; }

        public Action<int>? OnStep { get; init; }

        public Task Before { get; init; } = Task.CompletedTask;

        public StepResult Step()
        {
            if (!Before.IsCompleted)
            {
                return StepResult.Progress;
            }

            Threads.Add(Thread.CurrentThread);
            Steps++;
            OnStep?.Invoke(Steps);
            return Steps <= limit ? StepResult.Progress : Failure is not null ? throw Failure : StepResult.Done;
        }
    }

    private sealed class Idle : IStepper
    {
        private Action? _wake;
        public string Name => "idle";

        public bool EndsWhenWoken { get; init; }

        public bool EndsAtDeadline { get; init; }

        public Deadline Next { get; init; } = Deadline.Never;

        public int Steps { get; private set; }

        public bool IsOver { get; set; }

        public TaskCompletionSource LongIdle { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Action? Wake
        {
            set => _wake = value;
        }

        public void WakeUp() => _wake!();

        public StepResult Step()
        {
            if (++Steps == 40)
            {
                LongIdle.SetResult();
            }

            return (EndsWhenWoken && IsOver) || (EndsAtDeadline && Next.Left(TimeProvider.System) == TimeSpan.Zero)
                ? StepResult.Done
                : StepResult.IdleUntil(Next);
        }
    }

    /// <summary>Stands still until it is advanced; has one timer.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private readonly Lock _lock = new();
        private readonly List<Alarm> _alarms = [];
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(this, () => callback(state));
            alarm.Change(dueTime, period);
            _alarms.Add(alarm);
            return alarm;
        }

        public void Advance(TimeSpan by)
        {
            lock (_lock)
            {
                Interlocked.Add(ref _now, by.Ticks);
                _alarms.ForEach(alarm => alarm.RingIfDue());
            }
        }

        private sealed class Alarm(SteppedTime time, Action ring) : ITimer
        {
            private long _due = long.MaxValue;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                lock (time._lock)
                {
                    _due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time._now + dueTime.Ticks;
                    return true;
                }
            }

            public void RingIfDue()
            {
                if (_due <= time._now)
                {
                    _due = long.MaxValue;
                    ring();
                }
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
