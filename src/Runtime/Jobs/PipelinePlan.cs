using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Jobs;

/// <summary>The subtasks of a pipeline.</summary>
/// <param name="job">The pipeline.</param>
/// <param name="options">The job's options.</param>
internal sealed class PipelinePlan(Job job, JobOptions options) : ISubtaskPlan
{
    public int DefaultKeyGroupCount => options.NewKeyGroupCount;

    public IReadOnlyList<string> Sources => [.. job.Graph.Stages.Where(stage => stage.Inputs.IsEmpty).Select(stage => stage.Id)];

    public IReadOnlyList<ISubtask> Build(SubtaskPlanSettings settings) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, OperatorState>> ListSplitsAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
