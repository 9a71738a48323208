using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>Turns a plan into subtasks, wired by channels. Nothing is opened but sinks' writers, and nothing is read yet.</summary>
internal static class SubtaskBuilder
{
    /// <summary>Builds all subtasks of a job.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="job">The attempt that they are part of.</param>
    /// <param name="reports">Where they report to.</param>
    /// <returns>The subtasks, chain by chain in order of the plan.</returns>
    public static IReadOnlyList<ISubtask> Build(JobPlan plan, JobContext job, Mailbox<SubtaskReport> reports)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(job);
        Invariant.Holds(
            plan.KeyGroupCount == job.KeyGroupCount, $"a plan of {plan.KeyGroupCount} key groups for a job of {job.KeyGroupCount}");
        var lineages = new ChainLineage(plan);
        EdgeChannels[] edges =
        [
            .. plan.Chains
                .SelectMany(chain => chain.Inputs)
                .OrderBy(edge => edge.Index)
                .Select(edge => EdgeChannels.Of(edge, plan, lineages, job)),
        ];
        var shared = new SharedParts(job, reports, new SinkOpener(), new SplitBoards());
        try
        {
            return
            [
                .. plan.Chains.SelectMany(
                    chain => Enumerable.Range(0, chain.Parallelism).Select(index => Build(plan, chain, index, edges, shared))),
            ];
        }
        catch
        {
            shared.Sinks.Close();
            throw;
        }
    }

    private static Subtask Build(
        JobPlan plan, ChainPlan chain, int index, EdgeChannels[] edges, SharedParts shared)
    {
        var id = new SubtaskId(chain.Index, index);
        var context = new SubtaskContext(shared.Job, chain.Index, index, chain.Parallelism)
        {
            Warn = message => shared.Reports.Post(new SubtaskReport.Warned(id, message)),
        };
        var spans = new SpanBuilder(plan, context, edges, shared.Sinks);
        var operators = new List<IStatefulOperator>();
        var receiver = spans.Build(chain.Root, operators);
        IHead head;
        if (chain.HasSource)
        {
            (head, var source) = HeadBuilder.Source(chain, context, shared.Splits, receiver);
            operators.Insert(0, source);
        }
        else
        {
            head = HeadBuilder.Gate(chain, edges, context, receiver, (checkpoint, reason) =>
                shared.Reports.Post(new SubtaskReport.Declined(id, checkpoint, Explain(reason))));
        }

        var parts = new SubtaskParts(context, chain.Name, chain.HasSource, head, spans.Outputs, operators, shared.Reports);
        return new Subtask(parts);
    }

    private static string Explain(AbortReason reason) => reason switch
    {
        AbortReason.Subsumed => "the barrier of a newer checkpoint came before all of its own",
        AbortReason.EndOfChannel => "an input ended before its barrier",
        _ => "it was cancelled",
    };

    /// <summary>What the subtasks of an attempt share.</summary>
    private sealed record SharedParts(JobContext Job, Mailbox<SubtaskReport> Reports, SinkOpener Sinks, SplitBoards Splits);
}
