using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Tests.Checkpoints.Coordination;

public sealed class CheckpointCoordinatorTests
{
    private static readonly SubtaskId Only = new(0, 0);
    private readonly MemoryCheckpointStore _store = new();
    private readonly Mailbox<SubtaskReport> _reports = new();
    private readonly NamedWork _work = new();
    private readonly IdleSubtask _subtask = new();

    [Fact]
    public async Task A_checkpoint_that_becomes_superfluous_while_another_is_deleted_is_deleted_too()
    {
        await _store.FenceAsync("job", new RunId(1), TestContext.Current.CancellationToken);
        var coordinator = new CheckpointCoordinator(new CoordinatorContext(
            TestJob.Context("job", _work) with { RunId = new RunId(1), Store = _store },
            default,
            new CheckpointShelf(new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?>(), [], [], 1),
            new JobOptions { CheckpointInterval = TimeSpan.FromTicks(1), RetainedCheckpoints = 1 },
            new StoreArbiter("job", _store),
            [_subtask],
            _reports,
            _ => { }));

        for (var id = 1; id <= 3; id++)
        {
            StepUntil(coordinator, () => _subtask.Injected >= id);
            _reports.Post(new SubtaskReport.Acknowledged(Only, new CheckpointId(id), []));
            StepUntil(coordinator, () => _work.Has($"decide chk-{id}"));
            _work.Release($"decide chk-{id}");
        }

        StepUntil(coordinator, () => _subtask.Injected == 4);
        _work.Release("delete chk-1");
        StepUntil(coordinator, () => _work.Has("delete chk-2"));
        _work.Release("delete chk-2");
        Assert.Equal([new CheckpointName(1, new(3))], await _store.ListAsync("job", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_a_killed_attempt_left_is_deleted_with_the_first_checkpoint_though_none_is_superfluous()
    {
        await _store.FenceAsync("job", new RunId(1), TestContext.Current.CancellationToken);
        var kept = new CheckpointName(0, new(1));
        var (used, left) = (new SharedFile(0, "used"), new SharedFile(0, "left"));
        var shelf = new CheckpointShelf(
            new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?> { [kept] = [used] }, [], [used, left], retained: 3);
        var coordinator = new CheckpointCoordinator(new CoordinatorContext(
            TestJob.Context("job", _work) with { RunId = new RunId(1), Store = _store },
            default,
            shelf,
            new JobOptions { CheckpointInterval = TimeSpan.FromTicks(1), RetainedCheckpoints = 3 },
            new StoreArbiter("job", _store),
            [_subtask],
            _reports,
            _ => { }));
        StepUntil(coordinator, () => _subtask.Injected == 1);
        Assert.Equal([left], shelf.Unreferenced());
        Assert.False(_work.Has("delete shared files"));

        _reports.Post(new SubtaskReport.Acknowledged(Only, new CheckpointId(1), []));
        StepUntil(coordinator, () => _work.Has("decide chk-1"));
        _work.Release("decide chk-1");
        StepUntil(coordinator, () => _work.Has("delete shared files"));
        _work.Release("delete shared files");
        StepUntil(coordinator, () => shelf.Unreferenced().Count == 0);
    }

    [Fact]
    public async Task G3_the_time_out_does_not_run_while_a_sink_waits_for_the_reader_of_its_records()
    {
        await _store.FenceAsync("job", new RunId(1), TestContext.Current.CancellationToken);
        var events = new List<JobEvent>();
        var clock = new FakeTimeProvider();
        var job = TestJob.Context("job", _work) with { RunId = new RunId(1), Store = _store, Time = clock };
        var coordinator = new CheckpointCoordinator(new CoordinatorContext(
            job,
            default,
            new CheckpointShelf(new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?>(), [], [], 1),
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromSeconds(1),
                CheckpointTimeout = TimeSpan.FromSeconds(10),
                TolerableFailures = 1,
            },
            new StoreArbiter("job", _store),
            [_subtask],
            _reports,
            events.Add));
        Advance(seconds: 2);
        job.Takers.Begin();
        Advance(seconds: 3600);
        job.Takers.End(clock.GetTimestamp());
        Advance(seconds: 9);
        Assert.Empty(events);

        Advance(seconds: 1);
        Assert.IsType<JobEvent.CheckpointFailed>(Assert.Single(events));

        void Advance(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                coordinator.Step();
                _subtask.Take();
            }
        }
    }

    private void StepUntil(CheckpointCoordinator coordinator, Func<bool> isSo)
    {
        for (var step = 0; !isSo(); step++)
        {
            Assert.True(step < 1_000_000, "It never comes to that.");
            coordinator.Step();
            _subtask.Take();
        }
    }

    /// <summary>Work that runs when the test names it.</summary>
    private sealed class NamedWork : IWorkPool
    {
        private readonly Dictionary<string, Action> _held = [];

        public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
        {
            var pending = new Pending<T>();
            _held.Add(name, () => pending.Complete(work(CancellationToken.None).AsTask().GetAwaiter().GetResult()));
            return pending;
        }

        public bool Has(string name) => _held.ContainsKey(name);

        public void Release(string name)
        {
            Assert.True(_held.Remove(name, out var work), $"There is no '{name}'.");
            work();
        }
    }

    private sealed class IdleSubtask : ISubtask
    {
        public SubtaskId Id => Only;

        public string Name => "idle";

        public string ChainName => "idle";

        public bool HasSource => true;

        public long Injected { get; private set; }

        public Mailbox<SubtaskCommand> Commands { get; } = new();

        public IReadOnlyList<IStatefulOperator> Operators => [];

        public SubtaskCounters Counters { get; } = new();

        public Action? Wake
        {
            set { }
        }

        public void Take()
        {
            while (Commands.TryTake(out var command))
            {
                Injected = command is SubtaskCommand.InjectBarrier barrier ? barrier.Barrier.Checkpoint.Id.Value : Injected;
            }
        }

        public void Restore(IReadOnlyDictionary<string, OperatorState> operators)
        {
        }

        public ValueTask RecoverAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => ValueTask.CompletedTask;

        public StepResult Step() => StepResult.Idle;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
