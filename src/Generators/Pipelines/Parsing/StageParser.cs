using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Makes a stage of one verb call.</summary>
/// <param name="findings">Takes what the author should know.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class StageParser(List<Finding> findings, CancellationToken cancellation)
{
    private readonly FunctionFindings _functions = new(findings, cancellation);
    private readonly AggregateParser _aggregates = new(findings, cancellation);

    /// <summary>Returns the stage of a call.</summary>
    /// <param name="place">The call, and where it stands in the pipeline.</param>
    /// <param name="keyed">The stage that keyed the stream, for <c>Aggregate</c>.</param>
    public StageModel Parse(StagePlace place, KeyByStageModel? keyed)
    {
        var call = place.Verb;
        return call.Role switch
        {
            VerbRole.Time when call.ParameterType("time") is not null =>
                Record(place, RecordKind.AssignTime, "time", call.TypeArgument(0)),
            VerbRole.Key => KeyBy(place, FunctionParser.Of(call, "key", cancellation), call.TypeArgument(1)),
            VerbRole.Cut => KeyBy(
                place,
                new DefaultFunctionModel { Span = FunctionParser.SpanOf(call.Name) },
                ((INamedTypeSymbol)call.Method.ReturnType).TypeArguments[1]),
            VerbRole.Fold => Aggregate(place, keyed),
            VerbRole.Keyed => Process(place, keyed),
            VerbRole.Split => Split(place),
            VerbRole.Record when call.Verb == "Flatten" => Flatten(place),
            VerbRole.Record when RecordVerb.Of(call.Verb) is { } verb =>
                Record(place, verb.Kind, verb.Parameter, verb.Output == 0 ? call.TypeArgument(0) : call.Method.TypeArguments.Last()),
            _ => Boundary(place),
        };
    }

    private static StageCallModel CallOf(StagePlace place) => new()
    {
        Verb = place.Verb.Verb,
        Inputs = place.Inputs,
        Users = place.Call.Users,
        HasParallelism = place.Call.HasParallelism,
        CatchesErrors = place.Call.CatchesErrors,
        Line = place.Line,
        File = place.File,
        Site = place.Site,
        IsCertain = place.IsCertain,
        Signature = place.Verb.Signature(),
    };

    private BoundaryStageModel Boundary(StagePlace place)
    {
        var call = place.Verb;
        if (call.Verb == "Distinct")
        {
            _functions.Interpreted(
                call, new Refusal("it keys the stream by its records itself", "write 'KeyBy(record => record).Distinct()', or accept it"));
        }

        return new()
        {
            Call = CallOf(place),
            In = call.Method is { IsStatic: true, Parameters: [{ Type: INamedTypeSymbol { TypeArguments: [var taken, ..] } }, ..] }
                ? Reach.NameOf(taken) : null,
            IsDirect = Verbs.IsDirect(call.Method),
            Out = call.Method.ReturnType is INamedTypeSymbol { TypeArguments: [var made, ..] } ? Reach.NameOf(made) : null,
            Times = call.Role == VerbRole.Time ? TimeKnowledge.Timed
                : place.Call.Inputs is [{ Windows: { } windows }] ? TimesOf(place, windows)
                : place.Times,
        };
    }

    // What each record holds becomes records: a SelectMany whose function is the package's own.
    private RecordStageModel Flatten(StagePlace place)
    {
        var call = place.Verb;
        var items = ((INamedTypeSymbol)call.Method.Parameters[0].Type).TypeArguments[0];
        var (taken, made) = (Reach.NameOf(items), Reach.NameOf(call.TypeArgument(0)));
        if (taken is null || made is null)
        {
            _functions.Interpreted(call, Refusal.OfType(items) ?? Refusal.OfType(call.TypeArgument(0)));
        }

        return new RecordStageModel
        {
            Kind = RecordKind.Expand,
            Call = CallOf(place),
            In = taken,
            Out = made,
            Made = made,
            Item = null,
            Times = place.Times,
            Function = new ItselfFunctionModel
            {
                Span = FunctionParser.SpanOf(call.Name),
                CanBeNull = NamedTypeParser.CanBeNull(items),
            },
            FunctionParameter = "selector",
            Taken = taken,
            ResultType = taken,
            CanCompile = taken is not null && made is not null,
            HasMarks = false,
            AllowsLookahead = false,
            IsUnmanaged = false,
        };
    }

    // Windows of event time refuse records without any; behind others records have times if they had some before.
    private TimeKnowledge TimesOf(StagePlace place, WindowsValue windows)
    {
        if (windows.NeedEventTime == true && place.Times == TimeKnowledge.Untimed)
        {
            findings.Add(new Finding(
                FindingKind.NoEventTime, windows.At ?? place.Verb.Name, "no 'WithEventTime' comes before it"));
        }

        return windows.NeedEventTime == true ? TimeKnowledge.Timed
            : windows.NeedEventTime is null && place.Times != TimeKnowledge.Timed ? TimeKnowledge.Unknown
            : place.Times;
    }

    private RecordStageModel Record(StagePlace place, RecordKind kind, string parameter, ITypeSymbol output)
    {
        var call = place.Verb;
        var (input, made) = (Reach.NameOf(call.TypeArgument(0)), Reach.NameOf(output));
        var isOfTwo = call.ParameterType(parameter) is null;
        parameter = isOfTwo ? "collectionSelector" : parameter;
        var function = FunctionParser.Of(call, parameter, cancellation);
        var answer = ((INamedTypeSymbol)call.ParameterType(parameter)!).TypeArguments[1];
        if (call.Syntax is LetClauseSyntax let)
        {
            (kind, answer) = (RecordKind.Pair, call.Model.GetTypeInfo(let.Expression, cancellation).Type ?? answer);
        }

        var isPair = call.ClauseFunction(parameter) is { } clause && QueryVariables.AreTakenBy(clause);
        var taken = input ?? (isPair ? QueryVariables.PairOf(call.TypeArgument(0)) : null);
        var pair = QueryVariables.AreMadeBy(call.Syntax) ? QueryVariables.PairOf(output) : null;
        var result = Reach.NameOf(answer);
        ItemModel? item = null;
        if (isOfTwo)
        {
            (function, item) = OfTwo(call, function, taken is not null && (made ?? pair) is not null);
            parameter = item is null ? "selector" : parameter;
            result = item is not null ? result : Reach.NameOf(call.Model.Compilation
                .GetSpecialType(SpecialType.System_Collections_Generic_IEnumerable_T).Construct(output));
        }
        else if (kind == RecordKind.Expand && function is InlineFunctionModel inline)
        {
            // The loop must see the sequence that the delegate would have returned, but for those that enumerate as themselves.
            var itself = EnumeratedAsItself(call, parameter);
            function = inline with { ConvertedTo = itself is null ? result : null };
            result = itself ?? result;
        }

        var canCompile = (input is not null && made is not null) || item is not null
            || ((kind is RecordKind.Filter or RecordKind.Map or RecordKind.Pair || (kind == RecordKind.Expand && made is not null))
                && (function is InlineFunctionModel || (function is MethodFunctionModel && taken is not null && result is not null)));
        if (!canCompile)
        {
            _functions.Interpreted(call, isPair || pair is not null
                ? WhyNot(function) : WhyNot(function, call.TypeArgument(0), output));
        }
        else
        {
            _functions.Add(call, parameter, function);
        }

        return new RecordStageModel
        {
            Kind = kind,
            Call = CallOf(place),
            In = input,
            Out = made,
            Made = made ?? pair,
            Item = item,
            Times = kind == RecordKind.AssignTime ? TimeKnowledge.Timed : place.Times,
            Function = function,
            FunctionParameter = parameter,
            Taken = taken,
            ResultType = result,
            CanCompile = canCompile,
            HasMarks = kind == RecordKind.AssignTime
                && (call.ParameterType("watermark") ?? call.ParameterType("watermarks"))?.Name is not (null or "WatermarkStrategy"),
            AllowsLookahead = kind == RecordKind.AssignTime && Lookahead.Allows(call.Argument(parameter), call.Model),
            IsUnmanaged = kind == RecordKind.Filter && call.TypeArgument(0).IsUnmanagedType,
        };
    }

    // A stage has one delegate for both: they are written into the loop together, or that is called.
    private (FunctionModel Function, ItemModel? Item) OfTwo(VerbCall call, FunctionModel items, bool areNamed)
    {
        var result = QueryVariables.AreMadeBy(call.Syntax) ? null : FunctionParser.Of(call, "resultSelector", cancellation);
        var type = Reach.NameOf(call.TypeArgument(1));
        return (items, result) switch
        {
            (DelegateFunctionModel, _) => (items, null),
            (_, DelegateFunctionModel) => (result, null),
            _ when HasCaptured(items) || HasCaptured(result) => (FunctionParser.Delegate(
                call.Name, new Refusal("is made of two, of which one captures variables", "use 'SelectMany' with one function")), null),
            _ when !areNamed || type is null => (FunctionParser.Delegate(call.Name, new Refusal(
                "makes records of an anonymous type", "declare a record for them")), null),
            _ => (items, new ItemModel { Type = type, Result = (TextFunctionModel?)result }),
        };
    }

    private static bool HasCaptured(FunctionModel? function) => function is TextFunctionModel { Body.Captured.Count: > 0 };

    private static Refusal WhyNot(FunctionModel function) => function is DelegateFunctionModel called
        ? new($"its function {called.Why}, and no delegate with all variables of a query can be named", called.Cure)
        : new("a variable of the query has a type that generated code cannot name", "declare a record for it");

    // A loop needs no name for an anonymous type, but a delegate does.
    private static Refusal? WhyNot(FunctionModel function, ITypeSymbol input, ITypeSymbol output) =>
        function is DelegateFunctionModel called && (input.IsAnonymousType || output.IsAnonymousType)
            ? new Refusal($"its function {called.Why}, and no delegate with an anonymous type can be named", called.Cure)
        : Refusal.OfType(input) ?? Refusal.OfType(output);

    private KeyByStageModel KeyBy(StagePlace place, FunctionModel function, ITypeSymbol keyType)
    {
        var call = place.Verb;
        var record = Reach.NameOf(call.TypeArgument(0));
        var key = KeyParser.Parse(keyType);
        var canCompile = record is not null && key.Type is not null;
        if (canCompile)
        {
            _functions.Add(call, "key", function);
        }
        else if (!AnonymousTypes.IsIn(call.TypeArgument(0)) && !AnonymousTypes.IsIn(keyType))
        {
            // An anonymous type is refused there, by a rule of its own.
            _functions.Interpreted(call, Refusal.OfType(call.TypeArgument(0)) ?? Refusal.OfType(keyType));
        }

        return new KeyByStageModel
        {
            Call = CallOf(place),
            In = record,
            Out = record,
            Times = place.Times,
            Function = function,
            FunctionParameter = "key",
            Taken = record,
            ResultType = key.Type,
            CanCompile = canCompile,
            Key = key,
            AllowsLookahead = Lookahead.IsCheap(key) && Lookahead.Allows(call.Argument("key"), call.Model),
            TakesNull = NamedTypeParser.CanBeNull(call.TypeArgument(0)),
        };
    }

    private SplitStageModel Split(StagePlace place)
    {
        var call = place.Verb;
        var record = Reach.NameOf(call.TypeArgument(0));
        var isByType = call.Argument("predicate") is null;
        var function = isByType ? new DefaultFunctionModel { Span = FunctionParser.SpanOf(call.Name) }
            : FunctionParser.Of(call, "predicate", cancellation);
        ITypeSymbol[] sides = isByType ? [.. call.Method.TypeArguments.Skip(1)] : [call.TypeArgument(0)];
        var names = sides.Select(Reach.NameOf).OfType<string>().ToArray();
        var canCompile = record is not null && names.Length == sides.Length;
        if (canCompile)
        {
            _functions.Add(call, "predicate", function);
        }
        else
        {
            _functions.Interpreted(call, call.Method.TypeArguments.Select(Refusal.OfType).FirstOrDefault(static why => why is not null));
        }

        return new SplitStageModel
        {
            Call = CallOf(place),
            In = record,
            Out = record,
            Times = place.Times,
            Function = function,
            FunctionParameter = "predicate",
            Taken = record,
            ResultType = "bool",
            CanCompile = canCompile,
            Sides = new EquatableArray<string>(names),
        };
    }

    private ProcessStageModel Process(StagePlace place, KeyByStageModel? keyed)
    {
        var call = place.Verb;
        var made = ((INamedTypeSymbol)call.Method.ReturnType).TypeArguments[0];
        var (record, output) = (Reach.NameOf(call.TypeArgument(0)), Reach.NameOf(made));
        if (keyed is null)
        {
            _functions.Interpreted(call, new Refusal(
                "which 'KeyBy' its stream comes from is not written in this method", $"call KeyBy and {call.Verb} in one method"));
        }
        else if (record is not null && output is null)
        {
            _functions.Interpreted(call, Refusal.OfType(made));
        }

        return new ProcessStageModel
        {
            Call = CallOf(place),
            In = record,
            Out = output,
            Times = place.Times,
            CanCompile = keyed is { CanCompile: true, In: not null } && record is not null && output is not null,
        };
    }

    private AggregateStageModel Aggregate(StagePlace place, KeyByStageModel? keyed)
    {
        var call = place.Verb;
        var made = ((INamedTypeSymbol)call.Method.ReturnType).TypeArguments[0];
        var ranks = !call.IsOfKeyed && call.Verb == "TopN";
        var output = Reach.NameOf(ranks ? call.Model.Compilation.CreateArrayTypeSymbol(made) : made);
        var windows = call.IsOfKeyed ? WindowsValue.Running : place.Call.Inputs[0].Windows ?? WindowsValue.Elsewhere;
        var aggregate = _aggregates.Parse(call, keyed, output);
        return new AggregateStageModel
        {
            Call = CallOf(place),
            In = Reach.NameOf(call.TypeArgument(0)),
            Out = output,
            Times = TimesOf(place, windows),
            Aggregate = aggregate,
            TakesLate = windows.TakeLate,
            MakesRankings = ranks,
            Loops = aggregate is null ? WindowForms.None : _aggregates.LoopsOf(call, windows, aggregate),
        };
    }

    private static string? EnumeratedAsItself(VerbCall call, string parameter) =>
        call.Argument(parameter) is { } argument
        && FunctionParser.Unwrap(argument) is LambdaExpressionSyntax { Body: ExpressionSyntax body }
        && call.Model.GetTypeInfo(body).Type is { } type
        && (type is IArrayTypeSymbol { Rank: 1 } || type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>")
            ? Reach.NameOf(type)
            : null;
}
