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
    public StageModel? Parse(VerbCall call, int?[] inputs, TimeKnowledge times, KeyByStageModel? keyed, bool takesLate) => call.Verb switch
    {
        "From" => Boundary(call, inputs, TimeKnowledge.Untimed),
        "To" or "Rebalance" or "Union" => Boundary(call, inputs, times),
        "WithEventTime" => Record(call, RecordKind.AssignTime, inputs, "time", call.TypeArgument(0), TimeKnowledge.Timed),
        "KeyBy" => KeyBy(call, inputs, times),
        "Aggregate" => Aggregate(call, inputs, keyed, takesLate),
        _ => RecordVerb.Of(call.Verb) is { } verb
            ? Record(call, verb.Kind, inputs, verb.Parameter, call.TypeArgument(verb.Output), times)
            : null,
    };

    private static BoundaryStageModel Boundary(VerbCall call, int?[] inputs, TimeKnowledge times) => new()
    {
        Verb = call.Verb,
        Inputs = InputsOf(inputs),
        In = Reach.NameOf(call.TypeArgument(0)),
        Out = Reach.NameOf(call.TypeArgument(0)),
        Users = 0,
        HasParallelism = false,
        Times = times,
        Line = LineOf(call),
    };

    private RecordStageModel Record(
        VerbCall call, RecordKind kind, int?[] inputs, string parameter, ITypeSymbol output, TimeKnowledge times)
    {
        var answer = ((INamedTypeSymbol)call.ParameterType(parameter)!).TypeArguments[1];
        var (function, input, made) = (FunctionOf(call, parameter), Reach.NameOf(call.TypeArgument(0)), Reach.NameOf(output));
        if (kind == RecordKind.Expand && function is InlineFunctionModel inline && !EnumeratesAsItself(call.Argument(parameter)))
        {
            // The loop must see the sequence that the delegate would have returned.
            function = inline with { ConvertedTo = Reach.NameOf(answer) };
        }

        var canCompile = (input is not null && made is not null)
            || (function is InlineFunctionModel && kind is RecordKind.Filter or RecordKind.Map);
        if (!canCompile)
        {
            Interpreted(call, "its record type is anonymous or not accessible, and its function cannot be written into the loop");
        }

        return new RecordStageModel
        {
            Kind = kind,
            Verb = call.Verb,
            Inputs = InputsOf(inputs),
            In = input,
            Out = made,
            Users = 0,
            HasParallelism = false,
            Times = times,
            Line = LineOf(call),
            Signature = call.Signature(),
            Function = function,
            FunctionParameter = parameter,
            ResultType = Reach.NameOf(answer),
            CanCompile = canCompile,
            IsUnmanaged = kind == RecordKind.Filter && call.TypeArgument(0).IsUnmanagedType,
        };
    }

    private KeyByStageModel KeyBy(VerbCall call, int?[] inputs, TimeKnowledge times)
    {
        var record = Reach.NameOf(call.TypeArgument(0));
        var key = KeyParser.Parse(call.TypeArgument(1));
        var canCompile = record is not null && key.Type is not null;
        if (!canCompile)
        {
            Interpreted(call, "the type of its records or of its key is anonymous or not accessible");
        }

        return new KeyByStageModel
        {
            Verb = call.Verb,
            Inputs = InputsOf(inputs),
            In = record,
            Out = record,
            Users = 0,
            HasParallelism = false,
            Times = times,
            Line = LineOf(call),
            Signature = call.Signature(),
            Function = FunctionOf(call, "key"),
            FunctionParameter = "key",
            ResultType = key.Type,
            CanCompile = canCompile,
            Key = key,
            AllowsLookahead = call.Argument("key") is { } function && Lookahead.Allows(FunctionParser.Unwrap(function), key, model),
            TakesNull = NamedTypeParser.CanBeNull(call.TypeArgument(0)),
        };
    }

    private AggregateStageModel Aggregate(VerbCall call, int?[] inputs, KeyByStageModel? keyed, bool takesLate)
    {
        var output = Reach.NameOf(call.Method.TypeArguments.Last());
        return new AggregateStageModel
        {
            Verb = call.Verb,
            Inputs = InputsOf(inputs),
            In = Reach.NameOf(call.TypeArgument(0)),
            Out = output,
            Users = 0,
            HasParallelism = false,
            Times = TimeKnowledge.Timed,
            Line = LineOf(call),
            Signature = call.Signature(),
            Aggregate = keyed is { CanCompile: true, In: { } record } ? Aggregate(call, record, output) : null,
            TakesLate = takesLate,
        };
    }

    private AggregateModel? Aggregate(VerbCall call, string record, string? output)
    {
        if (output is null)
        {
            Interpreted(call, "the type of its results is anonymous or not accessible");
            return null;
        }

        return call.Argument("aggregate") is { } custom ? Custom(call, custom) : Group(call, record);
    }

    private GroupAggregateModel? Group(VerbCall call, string record)
    {
        if (call.Argument("result") is not { } argument || FunctionParser.Unwrap(argument) is not LambdaExpressionSyntax lambda)
        {
            findings.Add(new Finding(FindingKind.Buffered, call.Name, "the function is not a lambda"));
            return null;
        }

        var parser = new GroupParser(model, lambda, call.TypeArgument(0), record, cancellation);
        var aggregate = parser.Parse();
        if (parser.Refusal is { } refusal)
        {
            findings.Add(refusal);
        }

        return aggregate;
    }

    private CustomAggregateModel? Custom(VerbCall call, ExpressionSyntax argument)
    {
        var types = call.Method.TypeArguments.Select(Reach.NameOf).OfType<string>().ToArray();
        if (types.Length < call.Method.TypeArguments.Length)
        {
            Interpreted(call, "a type of its aggregate is not accessible");
            return null;
        }

        var given = model.GetTypeInfo(argument, cancellation).Type;
        return new CustomAggregateModel
        {
            Record = types[0],
            Accumulator = types[2],
            Value = types[3],
            Sealed = given is { IsSealed: true } or { IsValueType: true } ? Reach.NameOf(given) : null,
            Result = call.Argument("result") is { } result ? FunctionParser.Parse(result, model, cancellation) : null,
        };
    }

    private FunctionModel FunctionOf(VerbCall call, string parameter) =>
        call.Argument(parameter) is { } argument ? FunctionParser.Parse(argument, model, cancellation) : FunctionParser.Delegate(call.Name);

    private bool EnumeratesAsItself(ExpressionSyntax? argument) =>
        argument is not null
        && FunctionParser.Unwrap(argument) is LambdaExpressionSyntax { Body: ExpressionSyntax body }
        && model.GetTypeInfo(body, cancellation).Type is { } type
        && (type is IArrayTypeSymbol { Rank: 1 } || type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>");

    private void Interpreted(VerbCall call, string why) => findings.Add(new Finding(FindingKind.Interpreted, call.Name, why));

    private static EquatableArray<StageInputModel> InputsOf(int?[] inputs) =>
        new([.. inputs.Select(static stage => new StageInputModel { Stage = stage })]);

    private static int LineOf(VerbCall call) => call.Name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
