using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Makes a stage of one verb call. Users and parallelism are filled in when the whole method has been read.</summary>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="findings">Takes what the author should know.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class StageParser(SemanticModel model, List<Finding> findings, CancellationToken cancellation)
{
    /// <summary>Returns the stage of a call, or null if the call adds none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="times">Whether the records that come in carry event times.</param>
    /// <param name="keyed">The stage that keyed the stream, for <c>Aggregate</c>.</param>
    /// <param name="takesLate">Whether late records go to a stream, for <c>Aggregate</c>.</param>
    public StageModel? Parse(VerbCall call, int?[] inputs, TimeKnowledge times, StageModel? keyed, bool takesLate) => call.Verb switch
    {
        "From" => Boundary(call, StageKind.From, inputs, TimeKnowledge.Untimed),
        "To" => Boundary(call, StageKind.To, inputs, times),
        "Rebalance" => Boundary(call, StageKind.Rebalance, inputs, times),
        "Union" => Boundary(call, StageKind.Union, inputs, times),
        "WithEventTime" => WithFunction(call, StageKind.WithEventTime, inputs, "time", call.TypeArgument(0), TimeKnowledge.Timed),
        "KeyBy" => KeyBy(call, inputs, times),
        "Aggregate" => Aggregate(call, inputs, keyed) with { TakesLate = takesLate },
        _ => RecordVerb.Of(call.Verb) is { } verb
            ? WithFunction(call, verb.Kind, inputs, verb.Parameter, call.TypeArgument(verb.Output), times)
            : null,
    };

    private static StageModel Boundary(VerbCall call, StageKind kind, int?[] inputs, TimeKnowledge times)
    {
        var type = Reach.TryNameOf(call.TypeArgument(0));
        return New(call, kind, inputs, type, type, times);
    }

    private StageModel WithFunction(VerbCall call, StageKind kind, int?[] inputs, string parameter, ITypeSymbol output, TimeKnowledge times)
    {
        var input = Reach.TryNameOf(call.TypeArgument(0));
        var answer = ((INamedTypeSymbol)call.ParameterType(parameter)!).TypeArguments[1];
        var stage = New(call, kind, inputs, input, Reach.TryNameOf(output), times) with { ResultType = Reach.TryNameOf(answer) };
        return WithFunction(call, stage, parameter);
    }

    private StageModel WithFunction(VerbCall call, StageModel stage, string parameter)
    {
        var function = call.Argument(parameter) is { } argument ? FunctionParser.Parse(argument, model, cancellation) : null;
        if (function is { Kind: FunctionKind.Inline }
            && stage.Kind == StageKind.Expand
            && !EnumeratesAsItself(FunctionParser.Unwrap(call.Argument(parameter)!)))
        {
            // The loop must see the sequence that the delegate would have returned.
            function = function with { Text = $"(({stage.ResultType})({function.Text}))" };
        }

        stage = stage with { Function = function, FunctionParameter = parameter };
        var areNamed = stage is { In: not null, Out: not null };
        return function is { Kind: FunctionKind.Inline } && (areNamed || stage.Kind is StageKind.Filter or StageKind.Map)
            ? stage with { CanCompile = true }
            : areNamed && function is not null ? stage with { CanCompile = true }
            : Interpreted(call, stage, "its record type is anonymous or not accessible, and its function cannot be written into the loop");
    }

    private StageModel KeyBy(VerbCall call, int?[] inputs, TimeKnowledge times)
    {
        var record = Reach.TryNameOf(call.TypeArgument(0));
        var key = KeyParser.Parse(call.TypeArgument(1));
        var stage = WithFunction(
            call, New(call, StageKind.KeyBy, inputs, record, record, times) with { Key = key, ResultType = key.Type }, "key");
        return record is not null && key.Type is not null
            ? stage
            : Interpreted(call, stage, "the type of its records or of its key is anonymous or not accessible");
    }

    private StageModel Aggregate(VerbCall call, int?[] inputs, StageModel? keyed)
    {
        var output = Reach.TryNameOf(call.Method.TypeArguments.Last());
        var stage = New(call, StageKind.Aggregate, inputs, Reach.TryNameOf(call.TypeArgument(0)), output, TimeKnowledge.Timed) with
        {
            Key = KeyParser.Parse(call.TypeArgument(1)),
            ResultType = output,
        };
        if (keyed is not { CanCompile: true, Function: not null })
        {
            return stage;
        }

        if (output is null)
        {
            return Interpreted(call, stage, "the type of its results is anonymous or not accessible");
        }

        var aggregate = call.Argument("aggregate") is { } custom ? Custom(call, custom) : Group(call);
        return aggregate is null ? stage : stage with { Aggregate = aggregate, CanCompile = true };
    }

    private AggregateModel? Group(VerbCall call)
    {
        if (call.Argument("result") is not { } argument || FunctionParser.Unwrap(argument) is not LambdaExpressionSyntax lambda)
        {
            findings.Add(new Finding(FindingKind.Buffered, call.Name, "the function is not a lambda"));
            return null;
        }

        var parser = new GroupParser(model, lambda, call.TypeArgument(0), cancellation);
        var aggregate = parser.Parse();
        if (aggregate is null)
        {
            findings.Add(new Finding(FindingKind.Buffered, parser.RefusalAt, parser.Refusal));
        }

        return aggregate;
    }

    private AggregateModel? Custom(VerbCall call, ExpressionSyntax argument)
    {
        var types = call.Method.TypeArguments.Select(Reach.NameOf).ToArray();
        if (types.Any(type => type.Length == 0))
        {
            findings.Add(new Finding(FindingKind.Interpreted, call.Name, "a type of its aggregate is not accessible"));
            return null;
        }

        var hasResult = types.Length == 5;
        var given = model.GetTypeInfo(argument, cancellation).Type;
        var called = given is { IsSealed: true } or { IsValueType: true } ? Reach.NameOf(given) : "";
        var value = types[3];
        var result = hasResult && call.Argument("result") is { } function
            ? FunctionParser.Parse(function, model, cancellation)
            : new FunctionModel
            {
                Kind = FunctionKind.Inline,
                Text = Placeholder.Of(2),
                Parameters = default,
                Span = FunctionParser.SpanOf(call.Name)
            };
        return new AggregateModel(
            hasResult ? AggregateKind.CustomWithResult : AggregateKind.Custom,
            types[0],
            types[2],
            value,
            called.Length > 0 ? called : $"global::Weir.IAggregate<{types[0]}, {types[2]}, {value}>",
            default,
            default,
            Merges: null,
            result);
    }

    private bool EnumeratesAsItself(ExpressionSyntax lambda) =>
        lambda is LambdaExpressionSyntax { Body: ExpressionSyntax body }
        && model.GetTypeInfo(body, cancellation).Type is { } type
        && (type is IArrayTypeSymbol { Rank: 1 } || type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>");

    private StageModel Interpreted(VerbCall call, StageModel stage, string why)
    {
        findings.Add(new Finding(FindingKind.Interpreted, call.Name, why));
        return stage with { CanCompile = false };
    }

    private static StageModel New(VerbCall call, StageKind kind, int?[] inputs, string? input, string? output, TimeKnowledge times) => new()
    {
        Kind = kind,
        Verb = call.Verb,
        Inputs = new EquatableArray<StageInputModel>([.. inputs.Select(static stage => new StageInputModel { Stage = stage })]),
        In = input,
        Out = output,
        IsUnmanaged = kind == StageKind.Filter && call.TypeArgument(0).IsUnmanagedType,
        Users = 0,
        HasParallelism = false,
        Times = times,
        CanCompile = false,
        Line = call.Name.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
        Function = null,
        FunctionParameter = null,
        ResultType = null,
        Key = null,
        Aggregate = null,
        TakesLate = false,
        Signature = kind is StageKind.From or StageKind.To or StageKind.Rebalance or StageKind.Union ? null : call.Signature(),
    };
}
