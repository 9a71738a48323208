using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Channels;
using Weir.Runtime.Files.Rows;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators;
using Weir.Runtime.Planning;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Subtasks;

/// <summary>Builds the operators of one subtask from the last to the first, each in front of what follows it.</summary>
internal sealed class SpanBuilder(JobPlan plan, SubtaskContext subtask, IReadOnlyList<EdgeChannels> edges, SinkOpener sinks)
{
    private readonly List<IOutput> _outputs = [];

    /// <summary>The sending ends built so far.</summary>
    public IReadOnlyList<IOutput> Outputs => _outputs;

    /// <summary>Builds a span and all that follows it in the subtask.</summary>
    /// <param name="span">The span.</param>
    /// <param name="operators">Takes the stateful operators, in order of the chain.</param>
    /// <returns>A <see cref="Receiver{T}"/> of the records that come in.</returns>
    public object Build(SpanPlan span, List<IStatefulOperator> operators)
    {
        var behind = new List<IStatefulOperator>();
        var own = new List<IStatefulOperator>();
        var users = span.Children.Select(child => (Takes: child.Stages[0].Inputs[0], User: Build(child, behind)))
            .Concat(span.Outputs.Select(edge => (Takes: edge.Sender, User: Output(edge))))
            .ToLookup(use => use.Takes, use => use.User);
        var receivers = span.Stages[^1].Outputs.Where(users.Contains)
            .ToDictionary(output => output, output => Join(span, output, [.. users[output]]));
        foreach (var joined in receivers.Values)
        {
            ((ICounted)joined).CountBy(Counters(span.Stages[^1]).CountOut());
        }

        var context = new SpanContext(
            span.Stages, receivers, WindowBefore(span) is { } window ? subtask with { Lanes = OneLane(window) } : subtask, own)
        {
            MakesTimed = span.MakesTimed,
        };
        var receiver = Receiver(span, context);
        operators.AddRange(own);
        operators.AddRange(behind);

        // What only passes records on needs no guard, unless it asks a function of the user on the way.
        var passesOn = span.Stages[0].IsSource
            || (receivers.ContainsValue(receiver) && span.Stages[^1].Exchange != StageExchange.ByChoice);
        if (!passesOn)
        {
            return Guarded(span, receiver);
        }

        // What comes into it is what comes behind it. Into a source nothing comes.
        if (span.Stages[0].Inputs.Length > 0)
        {
            ((ICounted)receiver).CountBy(Counters(span.Stages[0]).CountIn());
        }

        return receiver;
    }

    private OperatorCounters Counters(Stage stage) => subtask.Counters.Of(stage.Id);

    private object Receiver(SpanPlan span, SpanContext context)
    {
        try
        {
            return span.Compiled is { } compiled ? Compiled(compiled, context)
                : span.Stages[0].Accept(new StageOperators(context, span.IsExchange, sinks));
        }
        catch (Exception missing) when (missing is MissingCodecException or MissingRowFormatException)
        {
            throw new PlanException($"'{span.Ids}': {missing.Message}", missing);
        }
    }

    // The window or process before a span in the same subtask, if there is one: its results come from no split and from no channel.
    private StageOutput? WindowBefore(SpanPlan span)
    {
        var chain = plan.Chains[subtask.Chain].Stages;
        for (var stage = span.Stages[0]; stage.Inputs is [var input] && chain.Contains(input.Stage); stage = input.Stage)
        {
            if (input.Stage.MergesLanes)
            {
                return input;
            }
        }

        return null;
    }

    // What makes records of several others before a span in the same subtask: none of its records is one that the head took in.
    private Stage? MakerBefore(SpanPlan span)
    {
        var chain = plan.Chains[subtask.Chain].Stages;
        for (var stage = span.Stages[0]; stage.Inputs is [var input] && chain.Contains(input.Stage); stage = input.Stage)
        {
            if (!input.Stage.IsOfSingleRecords)
            {
                return input.Stage;
            }
        }

        return null;
    }

    private Lanes OneLane(StageOutput window)
    {
        var lanes = new Lanes { FollowsStream = true };
        lanes.Add(string.Create(CultureInfo.InvariantCulture, $"{window}/{subtask.Index} of {subtask.Parallelism}"));
        return lanes;
    }

    private static object Compiled(CompiledSpan compiled, SpanContext context) => compiled is SpanFactory factory
        ? factory.Build(context)
        : throw new PlanException(
            $"The generated code of {context.Stage<Stage>(0).Id} is a {compiled.GetType()}, which this runtime cannot run. Build the "
                + "project anew with the generator of this version of Weir.");

    private static object Join(SpanPlan span, StageOutput output, IReadOnlyList<object> users) =>
        users is [var only] ? only : output.Accept(new Branch(users));

    private object Output(EdgePlan edge)
    {
        var output = edges[edge.Index].Output(subtask);
        _outputs.Add(output);
        return output;
    }

    private object Guarded(SpanPlan span, object receiver) =>
        span.Stages[0].Inputs[0].Accept(
            new Guarding(span.Stages, subtask, receiver, Counters(span.Stages[0]), MakerBefore(span)?.Id));

    private sealed class Branch(IReadOnlyList<object> users) : ITypedCall<object>
    {
        public object Of<T>() => users[0] is KeyExchange<T>
            ? new KeyFanout<T>([.. users.Cast<KeyExchange<T>>()])
            : new Fanout<T>([.. users.Cast<Receiver<T>>()]);
    }

    private sealed class Guarding(
        IReadOnlyList<Stage> loop, SubtaskContext subtask, object receiver, OperatorCounters counters, string? maker) : ITypedCall<object>
    {
        // Behind a window the head of the chain does not know the records.
        public object Of<T>() => new Guard<T>(
            loop,
            subtask.Job.Name,
            subtask.Index,
            (Receiver<T>)receiver,
            counters,
            maker is null ? null : Find);

        private OperatorException Find<T>(Batch<T> batch, OperatorException failure) =>
            RecordSearch.Find(loop, batch, failure).With(facts => facts with { MadeBy = maker, Number = null });
    }
}
