using System.Collections.Immutable;
using Weir.Runtime.Channels;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>One attempt of a pipeline, driven by hand: who steps is chosen by seed, checkpoints are taken when the test says so.</summary>
internal sealed class PipelineRun
{
    private readonly Random _random;
    private readonly Mailbox<SubtaskReport> _reports = new();
    private readonly HashSet<SubtaskId> _exhausted = [];
    private readonly HashSet<SubtaskId> _done = [];
    private readonly Dictionary<CheckpointId, Dictionary<SubtaskId, ImmutableArray<OperatorState>>> _acknowledged = [];
    private readonly JobContext _context;

    private PipelineRun(JobPlan plan, IReadOnlyList<ISubtask> subtasks, Mailbox<SubtaskReport> reports, JobContext context, int seed)
    {
        _context = context;
        Plan = plan;
        Subtasks = subtasks;
        _reports = reports;
        _random = new Random(seed);
    }

    public JobPlan Plan { get; }

    public IReadOnlyList<ISubtask> Subtasks { get; }

    public List<SubtaskReport> Reports { get; } = [];

    /// <summary>The newest checkpoint that all subtasks have acknowledged.</summary>
    public (CheckpointId Id, Dictionary<SubtaskId, ImmutableArray<OperatorState>> States)? Newest { get; private set; }

    public bool IsDone => _done.Count == Subtasks.Count;

    public bool IsExhausted => Subtasks.Where(subtask => subtask.HasSource).All(subtask => _exhausted.Contains(subtask.Id));

    public static PipelineRun Start(
        Job job,
        int parallelism = 1,
        int seed = 0,
        int batchCapacity = 4,
        int channelCapacity = 2,
        IWorkPool? work = null,
        long attempt = 1,
        PipelineRun? restoreFrom = null,
        int keyGroupCount = 0,
        long channelCapacityBytes = 32 << 20,
        TimeProvider? time = null,
        double recordsPerSecond = 0,
        bool barriersBlock = true)
    {
        var stored = restoreFrom?.Newest is { } cut ? Collected(cut.States) : [];
        var inFlight = StoredInFlight.Of(stored.Where(pair => InFlightIds.Is(pair.Key)).ToDictionary());
        var plan = JobPlanner.Plan(job.Graph, parallelism, keyGroupCount, keptEdges: inFlight.Edges);
        var reports = new Mailbox<SubtaskReport>();
        var context = TestJob.Context(job.Name, work) with
        {
            Attempt = attempt,
            KeyGroupCount = plan.KeyGroupCount,
            Time = time ?? TimeProvider.System,
            RecordsPerSecond = recordsPerSecond,
            BarriersBlock = barriersBlock,
            InFlight = inFlight.Edges,
            BatchCapacity = batchCapacity,
            ChannelCapacity = channelCapacity,
            ChannelCapacityBytes = channelCapacityBytes,
        };
        var subtasks = SubtaskBuilder.Build(plan, context, reports);
        var states = stored.Count > 0
            ? stored
            : job.Graph.Stages.Where(stage => stage.IsSource).ToDictionary(stage => stage.Id, stage => (IReadOnlyList<OperatorState>)
                [InitialSplits.ListAsync(
                    stage, new SourceContext(stage.Id, parallelism, TimeProvider.System, _ => { }), CancellationToken.None).Result,
                    .. Enumerable.Repeat(OperatorState.Empty(stage.Id), 99)]);
        foreach (var chain in subtasks.GroupBy(subtask => subtask.Id.Chain))
        {
            var members = chain.ToList();
            var dealt = members[0].Operators.Where(stateful => states.ContainsKey(stateful.Id))
                .Select(stateful => Rescaling.Deal(stateful.Id, states[stateful.Id], members.Count, plan.KeyGroupCount)).ToList();
            members.ForEach(subtask => subtask.Restore(dealt.Select(all => all[subtask.Id.Index]).ToDictionary(state => state.Id)));
        }

        inFlight.Check(subtasks, new JobOptions(), _ => { });
        foreach (var subtask in subtasks)
        {
            if (inFlight.For(subtask) is { } before)
            {
                subtask.RestoreInFlight(before);
            }
        }

        foreach (var subtask in subtasks)
        {
            subtask.RecoverAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        foreach (var subtask in subtasks)
        {
            subtask.CleanUpAsync(new RecoveryContext(null, []), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        return new PipelineRun(plan, subtasks, reports, context, seed);
    }

    public void Inject(long checkpoint, bool isFinal = false, long overtakesAt = Weir.Runtime.Streams.Barrier.Never) => Tell(
        new SubtaskCommand.InjectBarrier(
            new Weir.Runtime.Streams.Barrier(new CheckpointName(1, new CheckpointId(checkpoint)), isFinal) { OvertakesAt = overtakesAt }),
        subtask => subtask.HasSource);

    public void Complete(long checkpoint) => Tell(new SubtaskCommand.Complete(new CheckpointId(checkpoint)), _ => true);

    public void Forget(long checkpoint) => Tell(new SubtaskCommand.Forget(new CheckpointId(checkpoint)), _ => true);

    /// <summary>Steps subtasks in an order that the seed gives, until the condition holds or nothing moves.</summary>
    public bool StepUntil(Func<bool> condition)
    {
        var idle = 0;
        while (!condition())
        {
            var live = Subtasks.Where(subtask => !_done.Contains(subtask.Id)).ToList();
            if (live.Count == 0 || idle > 50 * live.Count)
            {
                return false;
            }

            var subtask = live[_random.Next(live.Count)];
            var result = subtask.Step();
            idle = result.IsIdle ? idle + 1 : 0;
            if (result.IsDone)
            {
                _done.Add(subtask.Id);
            }

            TakeReports();
        }

        return true;
    }

    public void Steps(int count)
    {
        var left = count;
        StepUntil(() => left-- == 0);
    }

    /// <summary>Runs to the end, with the final checkpoint.</summary>
    public void Finish(long finalCheckpoint)
    {
        Assert.True(StepUntil(() => IsExhausted));
        Inject(finalCheckpoint, isFinal: true);
        Assert.True(StepUntil(() => Newest?.Id.Value == finalCheckpoint));
        Complete(finalCheckpoint);
        Assert.True(StepUntil(() => IsDone));
    }

    public bool HasCommitted(long checkpoint) =>
        Reports.OfType<SubtaskReport.Committed>().Count(report => report.Checkpoint.Value == checkpoint) >= Subtasks.Count;

    private static Dictionary<string, IReadOnlyList<OperatorState>> Collected(
        Dictionary<SubtaskId, ImmutableArray<OperatorState>> states) =>
        states.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value).GroupBy(state => state.Id)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<OperatorState>)[.. group]);

    private OperatorState StateOf(OperatorSnapshot snapshot, CheckpointId checkpoint) => snapshot.ToState(
        [.. snapshot.Handles.Select(handle => new StoredState(handle, () => Open(handle, checkpoint)))]);

    private Stream Open(StateHandle handle, CheckpointId checkpoint) => _context.Store.OpenStateAsync(
        _context.Name, new CheckpointName(1, checkpoint), ((StateHandle.InFile)handle).Name, CancellationToken.None).AsTask().GetAwaiter()
            .GetResult();

    private void Tell(SubtaskCommand command, Func<ISubtask, bool> whom)
    {
        foreach (var subtask in Subtasks.Where(whom))
        {
            subtask.Commands.Post(command);
        }
    }

    /// <summary>Takes notice of what was reported by subtasks that the test stepped itself.</summary>
    public void TakeReports()
    {
        while (_reports.TryTake(out var report))
        {
            Reports.Add(report);
            if (report is SubtaskReport.Exhausted)
            {
                Assert.True(_exhausted.Add(report.Subtask));
            }
            else if (report is SubtaskReport.Acknowledged acknowledged)
            {
                var all = _acknowledged.TryGetValue(acknowledged.Checkpoint, out var known) ? known
                    : _acknowledged[acknowledged.Checkpoint] = [];
                Assert.True(all.TryAdd(
                    acknowledged.Subtask, [.. acknowledged.Operators.Select(snapshot => StateOf(snapshot, acknowledged.Checkpoint))]));
                if (all.Count == Subtasks.Count)
                {
                    Newest = (acknowledged.Checkpoint, all);
                }
            }
        }
    }
}
