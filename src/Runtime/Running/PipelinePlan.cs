using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>The subtasks of a pipeline.</summary>
/// <param name="job">The pipeline.</param>
/// <param name="options">The job's options.</param>
/// <param name="seed">Spreads keys over tables: random in production, chosen by the seed of a simulation.</param>
internal sealed class PipelinePlan(Job job, JobOptions options, KeySeed seed) : ISubtaskPlan
{
    // What most attempts begin with: nothing was in flight, and the graph decides what is compiled. Attempts do not overlap.
    private JobPlan? _plain;

    public int DefaultKeyGroupCount => (_plain = Plan(job, options, options.KeyGroupCount ?? 0)).KeyGroupCount;

    public IReadOnlySet<string> OwnIds => job.Graph.Stages.Where(stage => stage.HasOwnId).Select(stage => stage.Id).ToHashSet();

    public IReadOnlyList<string> Sources => [.. job.Graph.Stages.Where(stage => stage.IsSource).Select(stage => stage.Id)];

    public IReadOnlyList<IDecidingSink> Deciders =>
        [.. job.Graph.Stages.Select(stage => (stage as IBoundaryStage)?.Decider).OfType<IDecidingSink>()];

    /// <inheritdoc/>
    public IReadOnlyList<object> Inputs => [.. job.Graph.Stages.Select(stage => (stage as IBoundaryStage)?.Input).OfType<object>()];

    public IReadOnlyList<ISubtask> Build(JobContext attempt, Mailbox<SubtaskReport> reports, StoredFolds folds) =>
        SubtaskBuilder.Build(PlanOf(attempt, folds), attempt with { Seed = seed }, reports);

    public async ValueTask<OperatorState> ListSplitsAsync(string source, Action<string> warn, CancellationToken cancellation)
    {
        var stage = job.Graph.Stages.Single(stage => stage.Id == source);
        return await InitialSplits.ListAsync(stage, ContextOf(stage, warn), cancellation).ConfigureAwait(false);
    }

    public async ValueTask EndRunAsync(Exception? failure, Action<string> warn)
    {
        foreach (var stage in job.Graph.Stages)
        {
            try
            {
                if ((stage as IBoundaryStage)?.Holder is { } holder)
                {
                    await holder.EndRunAsync(failure).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // How the run ended matters more than what could not be let go.
            catch (Exception trouble)
#pragma warning restore CA1031
            {
                warn($"'{stage.Id}' of job '{job.Name}' could not let go of what it held: {trouble.Message}");
            }
        }
    }

    private JobPlan PlanOf(JobContext attempt, StoredFolds folds)
    {
        if (attempt.InFlight.Count > 0 || !folds.Records.IsEmpty || !folds.Accumulators.IsEmpty)
        {
            return Plan(job, options, attempt.KeyGroupCount, attempt.InFlight, folds);
        }

        return _plain is { } plan && plan.KeyGroupCount == attempt.KeyGroupCount
            ? plan
            : _plain = Plan(job, options, attempt.KeyGroupCount);
    }

    // What is skipped while splits are listed (a header line) is no record.
    private SourceContext ContextOf(Stage stage, Action<string> warn) =>
        new(stage.Id, stage.Parallelism ?? options.Parallelism, options.TimeProvider, _ => { }) { Warn = warn };

    /// <summary>Makes the plan of a job.</summary>
    /// <param name="job">The pipeline.</param>
    /// <param name="options">The job's options.</param>
    /// <param name="keyGroupCount">The number of key groups; 0 for what a new job gets.</param>
    /// <param name="keptEdges">The names of edges that are to be there, whatever the parallelism; null for none.</param>
    /// <param name="folds">In which form the aggregates of the checkpoint are kept that it begins with; null for none.</param>
    /// <exception cref="PlanException">The pipeline cannot run as it is described.</exception>
    public static JobPlan Plan(
        Job job, JobOptions options, int keyGroupCount, IReadOnlySet<string>? keptEdges = null, StoredFolds? folds = null)
    {
        GuaranteeChecks.Check(job.Graph, options.Guarantee, options.CheckpointMode != CheckpointMode.AtLeastOnce);
        return JobPlanner.Plan(job.Graph, options.Parallelism, keyGroupCount, options.Interpreted, keptEdges, folds);
    }
}
