using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Makes a stage of one verb call.</summary>
/// <param name="findings">Takes what the author should know.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class StageParser(List<Finding> findings, CancellationToken cancellation)
{
    private readonly FunctionFindings _functions = new(findings, cancellation);

    /// <summary>Returns the stage of a call.</summary>
    /// <param name="place">The call, and where it stands in the pipeline.</param>
    /// <param name="keyed">The stage that keyed the stream, for <c>Aggregate</c>.</param>
    public StageModel Parse(StagePlace place, KeyByStageModel? keyed)
    {
        var call = place.Verb;
        return call.Verb switch
        {
            "WithEventTime" => Record(place, RecordKind.AssignTime, "time", call.TypeArgument(0)),
            "KeyBy" or "GroupBy" => KeyBy(place),
            "Aggregate" => Aggregate(place, keyed),
            _ => RecordVerb.Of(call.Verb) is { } verb
                ? Record(place, verb.Kind, verb.Parameter, verb.Output == 0 ? call.TypeArgument(0) : call.Method.TypeArguments.Last())
                : Boundary(place),
        };
    }

    private static BoundaryStageModel Boundary(StagePlace place)
    {
        var record = place.Verb.Method.TypeArguments.Length > 0 ? Reach.NameOf(place.Verb.TypeArgument(0)) : null;
        return new()
        {
            Verb = place.Verb.Verb,
            Inputs = place.Inputs,
            In = record,
            Out = record,
            Users = place.Call.Users,
            HasParallelism = place.Call.HasParallelism,
            Times = place.Times,
            Line = place.Line,
            File = place.File,
            Site = place.Site,
            IsCertain = place.IsCertain,
            Signature = place.Verb.Signature(),
        };
    }

    private RecordStageModel Record(StagePlace place, RecordKind kind, string parameter, ITypeSymbol output)
    {
        var call = place.Verb;
        var (input, made) = (Reach.NameOf(call.TypeArgument(0)), Reach.NameOf(output));

        // SelectMany with two functions has one delegate for both.
        var type = call.ParameterType(parameter);
        var function = type is null
            ? FunctionParser.Delegate(call.Name, new Refusal("is made of two", "use 'SelectMany' with one function"))
            : FunctionParser.Of(call, parameter, cancellation);
        var answer = type is null
            ? call.Model.Compilation.GetSpecialType(SpecialType.System_Collections_Generic_IEnumerable_T).Construct(output)
            : ((INamedTypeSymbol)type).TypeArguments[1];
        var result = Reach.NameOf(answer);
        if (kind == RecordKind.Expand && function is InlineFunctionModel inline)
        {
            // The loop must see the sequence that the delegate would have returned, but for those that enumerate as themselves.
            var itself = EnumeratedAsItself(call, parameter);
            function = inline with { ConvertedTo = itself is null ? result : null };
            result = itself ?? result;
        }

        var canCompile = (input is not null && made is not null)
            || (function is InlineFunctionModel && kind is RecordKind.Filter or RecordKind.Map);
        if (!canCompile)
        {
            _functions.Interpreted(call, Refusal.OfType(call.TypeArgument(0)) ?? Refusal.OfType(output));
        }
        else
        {
            _functions.Add(call, parameter, function);
        }

        return new RecordStageModel
        {
            Kind = kind,
            Verb = call.Verb,
            Inputs = place.Inputs,
            In = input,
            Out = made,
            Users = place.Call.Users,
            HasParallelism = place.Call.HasParallelism,
            Times = kind == RecordKind.AssignTime ? TimeKnowledge.Timed : place.Times,
            Line = place.Line,
            File = place.File,
            Site = place.Site,
            IsCertain = place.IsCertain,
            Signature = call.Signature(),
            Function = function,
            FunctionParameter = parameter,
            ResultType = result,
            CanCompile = canCompile,
            IsUnmanaged = kind == RecordKind.Filter && call.TypeArgument(0).IsUnmanagedType,
        };
    }

    private KeyByStageModel KeyBy(StagePlace place)
    {
        var call = place.Verb;
        var record = Reach.NameOf(call.TypeArgument(0));
        var key = KeyParser.Parse(call.TypeArgument(1));
        var function = FunctionParser.Of(call, "key", cancellation);
        var canCompile = record is not null && key.Type is not null;
        if (canCompile)
        {
            _functions.Add(call, "key", function);
        }
        else if (!AnonymousTypes.IsIn(call.TypeArgument(0)) && !AnonymousTypes.IsIn(call.TypeArgument(1)))
        {
            // An anonymous type is refused there, by a rule of its own.
            _functions.Interpreted(call, Refusal.OfType(call.TypeArgument(0)) ?? Refusal.OfType(call.TypeArgument(1)));
        }

        return new KeyByStageModel
        {
            Verb = call.Verb,
            Inputs = place.Inputs,
            In = record,
            Out = record,
            Users = place.Call.Users,
            HasParallelism = place.Call.HasParallelism,
            Times = place.Times,
            Line = place.Line,
            File = place.File,
            Site = place.Site,
            IsCertain = place.IsCertain,
            Signature = call.Signature(),
            Function = function,
            FunctionParameter = "key",
            ResultType = key.Type,
            CanCompile = canCompile,
            Key = key,
            AllowsLookahead = call.Argument("key") is { } written && Lookahead.Allows(FunctionParser.Unwrap(written), key, call.Model),
            TakesNull = NamedTypeParser.CanBeNull(call.TypeArgument(0)),
        };
    }

    private AggregateStageModel Aggregate(StagePlace place, KeyByStageModel? keyed)
    {
        var call = place.Verb;
        var output = Reach.NameOf(call.Method.TypeArguments.Last());
        if (place.Times == TimeKnowledge.Untimed)
        {
            findings.Add(new Finding(
                FindingKind.NoEventTime, place.Call.Inputs[0].Window ?? call.Name, "no 'WithEventTime' comes before it"));
        }

        return new AggregateStageModel
        {
            Verb = call.Verb,
            Inputs = place.Inputs,
            In = Reach.NameOf(call.TypeArgument(0)),
            Out = output,
            Users = place.Call.Users,
            HasParallelism = place.Call.HasParallelism,
            Times = TimeKnowledge.Timed,
            Line = place.Line,
            File = place.File,
            Site = place.Site,
            IsCertain = place.IsCertain,
            Signature = call.Signature(),
            Aggregate = Aggregate(call, keyed, output),
            TakesLate = place.Call.Inputs[0].TakesLate,
        };
    }

    private AggregateModel? Aggregate(VerbCall call, KeyByStageModel? keyed, string? output)
    {
        if (keyed is null)
        {
            _functions.Interpreted(call, new Refusal(
                "which 'KeyBy' its windows come from is not written in this method", "call KeyBy, Window and Aggregate in one method"));
            return null;
        }

        if (output is null)
        {
            _functions.Interpreted(call, Refusal.OfType(call.Method.TypeArguments.Last()));
            return null;
        }

        if (keyed is not { CanCompile: true, In: { } record })
        {
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

        var parser = new GroupParser(call.Model, lambda, call.TypeArgument(0), record, cancellation);
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
            _functions.Interpreted(call, call.Method.TypeArguments.Select(Refusal.OfType).FirstOrDefault(static why => why is not null));
            return null;
        }

        var given = call.Model.GetTypeInfo(argument, cancellation).Type;
        var result = call.Argument("result") is null ? null : FunctionParser.Of(call, "result", cancellation);
        if (result is not null)
        {
            _functions.Add(call, "result", result);
        }

        return new CustomAggregateModel
        {
            Record = types[0],
            Accumulator = types[2],
            Value = types[3],
            Sealed = given is { IsSealed: true } or { IsValueType: true } && HasMethodsOfItsOwn(given, call.ParameterType("aggregate"))
                ? Reach.NameOf(given) : null,
            Result = result,
        };
    }

    // An explicit implementation has no name but by the interface.
    private static bool HasMethodsOfItsOwn(ITypeSymbol aggregate, ITypeSymbol? contract) => contract is not null
        && contract.GetMembers().OfType<IMethodSymbol>().All(member =>
            aggregate.FindImplementationForInterfaceMember(member) is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            && method.Name == member.Name
            && Reach.CanReach(method.OriginalDefinition));

    private static string? EnumeratedAsItself(VerbCall call, string parameter) =>
        call.Argument(parameter) is { } argument
        && FunctionParser.Unwrap(argument) is LambdaExpressionSyntax { Body: ExpressionSyntax body }
        && call.Model.GetTypeInfo(body).Type is { } type
        && (type is IArrayTypeSymbol { Rank: 1 } || type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>")
            ? Reach.NameOf(type)
            : null;
}
