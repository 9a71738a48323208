using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Subtasks;

/// <summary>Turns a plan into subtasks, wired by channels. Nothing is opened but sinks' writers, and nothing is read yet.</summary>
internal static class SubtaskBuilder
{
    /// <summary>Builds all subtasks of a job.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">What they are built with.</param>
    /// <returns>The subtasks, chain by chain in order of the plan.</returns>
    public static IReadOnlyList<ISubtask> Build(JobPlan plan, SubtaskSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(settings);
        EdgeChannels[] edges =
        [
            .. plan.Chains
                .SelectMany(chain => chain.Inputs)
                .OrderBy(edge => edge.Index)
                .Select(edge => EdgeChannels.Of(edge, plan, settings)),
        ];
        var shared = new SharedParts(new SinkOpener(settings), new SplitBoards(), new LateWarnings());
        try
        {
            return
            [
                .. plan.Chains.SelectMany(
                    chain => Enumerable.Range(0, chain.Parallelism).Select(index => Build(plan, chain, index, settings, edges, shared))),
            ];
        }
        catch
        {
            shared.Sinks.Close();
            throw;
        }
    }

    private static Subtask Build(
        JobPlan plan, ChainPlan chain, int index, SubtaskSettings settings, EdgeChannels[] edges, SharedParts shared)
    {
        var id = new SubtaskId(chain.Index, index);
        var context = new SubtaskContext(
            chain.Index,
            index,
            chain.Parallelism,
            plan.KeyGroupCount,
            settings.BatchCapacity,
            new Lanes(),
            new SubtaskCounters(),
            new ProcessingClock(settings.Time))
        {
            Seed = settings.Seed,
            LateWarnings = shared.LateWarnings,
            Warn = message => settings.Reports.Post(new SubtaskReport.Warned(id, message)),

            // A channel that is full of batches of this size is full in bytes too.
            BatchCapacityBytes = Math.Max(1, settings.ChannelCapacityBytes / settings.ChannelCapacity),
        };
        var spans = new SpanBuilder(plan, settings, context, edges, shared.Sinks);
        var operators = new List<IStatefulOperator>();
        var receiver = spans.Build(chain.Root, operators);
        IHead head;
        if (chain.HasSource)
        {
            (head, var source) = HeadBuilder.Source(chain.Stages[0], settings, context, shared.Splits, receiver);
            operators.Insert(0, source);
        }
        else
        {
            head = HeadBuilder.Gate(chain.Inputs, edges, context, receiver, (checkpoint, reason) =>
                settings.Reports.Post(new SubtaskReport.Declined(id, checkpoint, Explain(reason))));
        }

        var parts = new SubtaskParts(id, chain.Name, chain.HasSource, head, spans.Outputs, operators, context);
        return new Subtask(parts, settings);
    }

    private static string Explain(AbortReason reason) => reason switch
    {
        AbortReason.Subsumed => "the barrier of a newer checkpoint came before all of its own",
        AbortReason.EndOfChannel => "an input ended before its barrier",
        _ => "it was cancelled",
    };

    /// <summary>What the subtasks of an attempt share.</summary>
    private sealed record SharedParts(SinkOpener Sinks, SplitBoards Splits, LateWarnings LateWarnings);
}
