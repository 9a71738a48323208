using Weir.Graph;
using Weir.Runtime.Planning;
using Weir.Runtime.Running;

namespace Weir.Runtime.Explaining;

/// <summary>Puts into words what stages say of themselves and what the planner makes of them. Knows no kind of stage.</summary>
internal sealed class Explainer(Job job, JobOptions options)
{
    private readonly Dictionary<Stage, SpanPlan> _spans = [];
    private readonly Dictionary<Stage, ChainPlan> _chains = [];
    private string? _problem;

    public JobExplanation Explain()
    {
        var plan = Plan();
        var isWhole = job.Graph.Stages.All(static stage => stage.Inputs.All(static input => input.IsMade));
        var times = isWhole ? new EventTimes(job.Graph) : null;
        return new JobExplanation(
            job.Name,
            options.Parallelism,
            plan?.KeyGroupCount ?? 0,
            [.. job.Graph.Stages.Select(stage => Of(stage, times))],
            [.. (plan?.Chains ?? []).Select(static chain =>
                new ExplainedChain(chain.Index, chain.Parallelism, [.. chain.Stages.Select(static stage => stage.Id)]))],
            [.. (plan?.Chains ?? []).SelectMany(static chain => chain.Inputs.Select(edge => new ExplainedExchange(
                $"{edge.Sender}", edge.From, edge.To, chain.Stages[0].Id, edge.Kind.ToString().ToLowerInvariant())))],
            [.. (isWhole ? job.Graph.Stages : []).Where(static stage => stage.IsSink).Select(Guarantees.Of)],
            _problem);
    }

    private JobPlan? Plan()
    {
        try
        {
            var plan = PipelinePlan.Plan(job, options, options.KeyGroupCount ?? 0);
            foreach (var chain in plan.Chains)
            {
                Note(chain, chain.Root);
            }

            return plan;
        }
        catch (Exception failure) when (FailureKinds.IsPermanent(failure) || failure is ArgumentException or NotSupportedException)
        {
            var repeated = new RepeatedFailure(options.RepeatedFailureLimit);
            _problem = FailureKinds.Describe(
                job.Name, null, failure, isPermanent: true, repeated, restarts: 0, FailureKinds.NextRun(options, null)).Message;
            return null;
        }
    }

    private void Note(ChainPlan chain, SpanPlan span)
    {
        foreach (var stage in span.Stages)
        {
            _spans[stage] = span;
            _chains[stage] = chain;
        }

        foreach (var child in span.Children)
        {
            Note(chain, child);
        }
    }

    private ExplainedOperator Of(Stage stage, EventTimes? times)
    {
        var span = _spans.GetValueOrDefault(stage);
        var chain = _chains.GetValueOrDefault(stage);
        return new ExplainedOperator(
            stage.Id,
            stage.Verb,
            chain?.Parallelism ?? stage.Parallelism ?? options.Parallelism,
            chain?.Index,
            [.. stage.Inputs.Select(static input => input.IsMade ? $"{input}" : $"{input.Name}")],
            [.. stage.Outputs.Select(output => new ExplainedStream(
                $"{output}", output.Accept(TypeName.Instance), times?.AreOn(output) ?? false))],
            LoopOf(stage, span),
            [.. FactsOf(stage, span?.Compiled is not null)]);
    }

    // A stage may ask code of the user's for its facts: what that throws is a fact, too.
    private IReadOnlyList<StageFact> FactsOf(Stage stage, bool isCompiled)
    {
        var facts = new StageFacts(isCompiled);
        try
        {
            stage.Describe(facts);
            foreach (var state in stage.DescribeStates())
            {
                facts.Add("state", $"{state.Name}, {state.Type}");
            }
        }
#pragma warning disable CA1031 // Whatever the user's code throws, the rest can be explained.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            facts.Add("unknown", failure.Message);
            _problem ??= failure.Message;
        }

        return facts.All;
    }

    private string LoopOf(Stage stage, SpanPlan? span)
    {
        if (span?.Compiled is not null)
        {
            return span.Stages.Count == 1 ? "compiled" : $"compiled, one loop [{span.Ids}]";
        }

        return stage.Function is null ? "the runtime's own"
            : stage.HasSides ? "the runtime's own, around the user's code"
            : stage.IsSendingSide && span is { IsExchange: false } ? "nothing to do: no record leaves its subtask"
            : span is null ? "unknown: there is no plan"
            : options.Interpreted ? "interpreted: the options ask for it"
            : job.Graph.HasCodeFor(stage) ? "interpreted: its generated loop does not fit here"
            : "interpreted: no generated loop covers it";
    }

    private sealed class TypeName : ITypedCall<string>
    {
        public static readonly TypeName Instance = new();

        public string Of<T>() => TypeText.Of(typeof(T));
    }
}
