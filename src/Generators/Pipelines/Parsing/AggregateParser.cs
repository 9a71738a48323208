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

        // A reduction may well be 'the later of two'.
        var isOrdered = aggregate is { CanMerge: true } && (aggregate.DependsOnOrder || call.Verb == "Reduce");
        var (able, why) = windows.Evict ? (WindowForms.None, "what takes records out of the windows has to see them")
            : isOrdered ? (WindowForms.Any & ~(WindowForms.Overlapping | WindowForms.Session),
                "its result depends on the order of the records, and windows that overlap share what comes of them, as sessions do that "
                    + "become one")
            : aggregate.CanMerge ? (WindowForms.Any, null)
            : (WindowForms.Sliced, "a fold takes records, and where windows become one, or are made of several, nothing says how two of "
                + "its results do");
        if (why is not null && (windows.Forms & ~able) != WindowForms.None)
        {
            findings.Add(new Finding(FindingKind.Buffered, call.Name, why));
        }

        var loops = windows.Forms & able;
        return (loops & WindowForms.Overlapping) == 0 ? loops : (loops & ~WindowForms.Overlapping) | WindowForms.Sliced;
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

        return call.Argument("aggregate") is { } custom ? Custom(call, custom)
            : call.Verb == "Reduce" ? Reduce(call, record, output)
            : Group(call, record);
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

    private CustomAggregateModel? Reduce(VerbCall call, string record, string output)
    {
        var reduce = FunctionParser.Of(call, "reduce", cancellation);
        var result = call.Argument("result") is null ? null : FunctionParser.Of(call, "result", cancellation);

        // The operator asks the aggregate, which has the delegate, where a variable would have to be read from it.
        _functions.Add(call, "reduce", reduce is TextFunctionModel { Body.Captured.Count: > 0 }
            ? FunctionParser.Delegate(call.Name, new Refusal("captures variables", "use constants, or static readonly fields")) : reduce);
        if (result is not null)
        {
            _functions.Add(call, "result", result);
        }

        return new CustomAggregateModel
        {
            Record = record,
            Accumulator = Reach.NameOf(call.Model.Compilation.GetTypeByMetadataName("Weir.Reduced`1")!.Construct(call.TypeArgument(0)))!,
            Value = record,
            Reduce = reduce is TextFunctionModel { Body.Captured.Count: 0 } text ? text : null,
            Sealed = null,
            Result = result,
        };
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
        if (call.IsOfKeyed && result is TextFunctionModel { Body.Captured.Count: > 0 })
        {
            // The stage's delegate is one around it, which takes a window, too.
            result = FunctionParser.Delegate(call.Name, new Refusal("captures variables", "let the aggregate hold them"));
        }

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
