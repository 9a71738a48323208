using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds how the windows of a verb are computed without keeping their records.</summary>
/// <param name="findings">Takes what the author should know.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class AggregateParser(List<Finding> findings, CancellationToken cancellation)
{
    private readonly FunctionFindings _functions = new(findings, cancellation);

    /// <summary>The forms of windows whose accumulators it can be. In others the records are kept, and that is said.</summary>
    public WindowForms LoopsOf(VerbCall call, WindowsValue windows, AggregateModel aggregate)
    {
        if (windows.Forms == WindowForms.Running)
        {
            // Records come one after the other, and nothing is merged.
            return WindowForms.Running;
        }

        if (aggregate.IsForProcess)
        {
            return OfProcess(call, windows, aggregate);
        }

        var (able, why) = AbleFor(call.Verb, windows, aggregate.CanMerge, aggregate.DependsOnOrder);
        if (why is not null && (windows.Forms & ~able) != WindowForms.None)
        {
            findings.Add(new Finding(FindingKind.Buffered, call.Name, why));
        }

        var loops = windows.Forms & able;
        return (loops & WindowForms.Overlapping) == 0 ? loops : (loops & ~WindowForms.Overlapping) | WindowForms.Sliced;
    }

    /// <summary>The forms of windows in which an accumulator would do, and why not in others. Records are kept in those.</summary>
    public static (WindowForms Able, string? Why) AbleFor(string verb, WindowsValue windows, bool canMerge, bool dependsOnOrder)
    {
        // A reduction may well be 'the later of two'.
        var isOrdered = canMerge && (dependsOnOrder || verb == "Reduce");
        var general = (windows.Forms & WindowForms.General) != 0;
        const WindowForms Shared = WindowForms.Overlapping | WindowForms.Session;
        const string Seen = "what takes records out of the windows has to see them";
        return windows.Evict ? (WindowForms.None, Seen)
            : general && windows.ShareCounted ? (WindowForms.Any & ~WindowForms.General, Seen)
            : isOrdered && general && windows.Merge ? (WindowForms.Any & ~(WindowForms.General | Shared),
                "its result depends on the order of the records, and these windows may become one")
            : isOrdered ? (WindowForms.Any & ~Shared,
                "its result depends on the order of the records, and windows that overlap share what comes of them, as sessions do that "
                    + "become one")
            : canMerge ? (WindowForms.Any, null)
            : (WindowForms.Sliced, "a fold takes records, and where windows become one, or are made of several, nothing says how two of "
                + "its results do");
    }

    /// <summary>Returns null for one that must be interpreted.</summary>
    /// <param name="call">The call.</param>
    /// <param name="keyed">The stage that keyed the stream; null if nobody knows it.</param>
    /// <param name="output">Its results; null if generated code cannot name them.</param>
    public AggregateModel? Parse(VerbCall call, KeyByStageModel? keyed, string? output)
    {
        var aggregate = Read(call, keyed, output);
        if (aggregate is null && call is { IsOfKeyed: true, Verb: "Aggregate" } && call.Argument("aggregate") is null
            && !findings.Exists(finding => finding.Kind == FindingKind.KeptForEver && call.Syntax.Contains(finding.At)))
        {
            findings.Add(new Finding(FindingKind.KeptForEver, call.Name, "no loop is generated for it"));
        }

        return aggregate;
    }

    private AggregateModel? Read(VerbCall call, KeyByStageModel? keyed, string? output)
    {
        if (keyed is null)
        {
            _functions.Interpreted(call, new Refusal(
                call.IsOfKeyed ? "which 'KeyBy' its stream comes from is not written in this method"
                    : "which 'KeyBy' its windows come from is not written in this method",
                call.IsOfKeyed ? $"call KeyBy and {call.Verb} in one method" : "call KeyBy, Window and Aggregate in one method"));
            return null;
        }

        if (output is null)
        {
            _functions.Interpreted(call, Refusal.OfType(((INamedTypeSymbol)call.Method.ReturnType).TypeArguments[0]));
            return null;
        }

        if (keyed is not { CanCompile: true, In: { } record })
        {
            return null;
        }

        if (MetadataNames.RefuseKey(call.TypeArgument(1)) is { } refusal)
        {
            _functions.Interpreted(call, refusal);
            return null;
        }

        var changed = call.Method.Parameters[0].Type.Name == StreamTypes.Retracting
            && call.Method.ReturnType is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol { TypeArguments: [var result] }] }
            ? Reach.NameOf(result) : null;
        return call.Verb == "TopN" ? Ranking(call, record)
            : call.Verb == "Process" ? new RecordsModel { Record = record, Changed = null }
            : call.Argument("aggregate") is { } custom ? Custom(call, custom, changed)
            : call.Verb == "Reduce" ? Reduce(call, record, changed)
            : Group(call, record) is { } group ? group with { Changed = changed } : null;
    }

    private GroupAggregateModel? Group(VerbCall call, string record)
    {
        if (call.Argument("result") is not { } argument || FunctionParser.Unwrap(argument) is not LambdaExpressionSyntax lambda)
        {
            findings.Add(new Finding(KeptBy(call), call.Name, "the function is not a lambda"));
            return null;
        }

        var parser = new GroupParser(call.Model, lambda, call.TypeArgument(0), record, cancellation);
        var aggregate = parser.Parse();
        if (parser.Refusal is { } refusal)
        {
            findings.Add(refusal with { Kind = KeptBy(call) });
        }

        return aggregate;
    }

    // Windows fire, and let go of their records. Where there are none, nothing ever does.
    private static FindingKind KeptBy(VerbCall call) => call.IsOfKeyed ? FindingKind.KeptForEver : FindingKind.Buffered;

    // The aggregate is the package's own, and ranks by the delegate.
    private static CustomAggregateModel Ranking(VerbCall call, string record)
    {
        var compilation = call.Model.Compilation;
        return new CustomAggregateModel
        {
            Record = record,
            Accumulator = Reach.NameOf(compilation.GetTypeByMetadataName("Weir.Top`1")!.Construct(call.TypeArgument(0)))!,
            Value = Reach.NameOf(compilation
                .GetSpecialType(SpecialType.System_Collections_Generic_IReadOnlyList_T).Construct(call.TypeArgument(0)))!,
            Reduce = null,
            Sealed = null,
            Result = new OwnFunctionModel { Span = FunctionParser.SpanOf(call.Name) },
            Changed = null,
            GoesToProcess = false,
        };
    }

    // Accumulators and records alike are kept in the general form. What keeps records with their times has no loop.
    private WindowForms OfProcess(VerbCall call, WindowsValue windows, AggregateModel aggregate)
    {
        var refusal = windows.KeepRecords
            ? new Refusal("what takes records out of its windows has to see them", "accept it, or do without 'Evict' and overlaps")
            : windows.Merge && aggregate is RecordsModel
                ? new Refusal("its windows become one, and keep their records in order", "accept it, or aggregate before the process")
            : null;
        if (refusal is null)
        {
            return WindowForms.General;
        }

        _functions.Interpreted(call, refusal);
        return WindowForms.None;
    }

    private CustomAggregateModel? Reduce(VerbCall call, string record, string? changed)
    {
        var reduce = FunctionParser.Of(call, "reduce", cancellation);
        var result = call.Argument("result") is null ? null : FunctionParser.Of(call, "result", cancellation);

        // A stage has one function whose variables can be read.
        if (result is not null && reduce is TextFunctionModel { Body.Captured.Count: > 0 })
        {
            reduce = FunctionParser.Delegate(call.Name, new Refusal(
                "captures variables, and stands beside one that makes the result", "put a 'Select' behind 'Reduce' instead"));
        }

        _functions.Add(call, "reduce", reduce);
        if (result is not null)
        {
            _functions.Add(call, "result", result);
        }

        return new CustomAggregateModel
        {
            Record = record,
            Accumulator = Reach.NameOf(call.Model.Compilation.GetTypeByMetadataName("Weir.Reduced`1")!.Construct(call.TypeArgument(0)))!,
            Value = record,
            Reduce = reduce as TextFunctionModel,
            Sealed = null,
            Result = result,
            Changed = changed,
            GoesToProcess = false,
        };
    }

    private CustomAggregateModel? Custom(VerbCall call, ExpressionSyntax argument, string? changed)
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
            Reduce = null,
            Changed = changed,
            GoesToProcess = call.ParameterType("process") is not null,
            Sealed = given is { IsSealed: true } or { IsValueType: true } && HasMethodsOfItsOwn(given, call.ParameterType("aggregate"))
                ? Reach.NameOf(given) : null,
            Result = result,
        };
    }

    // An explicit implementation has no name but by the interface. What the interface answers itself, no loop asks for.
    private static bool HasMethodsOfItsOwn(ITypeSymbol aggregate, ITypeSymbol? contract) => contract is not null
        && contract.GetMembers().OfType<IMethodSymbol>().Where(static member => member.IsAbstract).All(member =>
            aggregate.FindImplementationForInterfaceMember(member) is IMethodSymbol
            {
                MethodKind: MethodKind.Ordinary, ContainingType: { TypeKind: not TypeKind.Interface } home
            } method
            && Reach.CanReach(method.OriginalDefinition)
            && !IsHidden(method, home, aggregate));

    // A method of the same name further down is the one that a call would find.
    private static bool IsHidden(IMethodSymbol method, INamedTypeSymbol home, ITypeSymbol aggregate)
    {
        for (var type = aggregate; type is not null && !SymbolEqualityComparer.Default.Equals(type, home); type = type.BaseType)
        {
            if (type.GetMembers(method.Name).Any(static member => member is not IMethodSymbol { IsOverride: true }))
            {
                return true;
            }
        }

        return false;
    }
}
