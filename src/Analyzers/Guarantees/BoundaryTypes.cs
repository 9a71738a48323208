using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Guarantees;

/// <summary>Which sources and sinks can give exactly once, by their types.</summary>
/// <param name="unreplayable">The marker of sources that cannot read again.</param>
/// <param name="sink">Any sink.</param>
/// <param name="able">The sinks that can.</param>
internal sealed class BoundaryTypes(INamedTypeSymbol unreplayable, INamedTypeSymbol sink, INamedTypeSymbol[] able)
{
    public static BoundaryTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Weir.IUnreplayableSource") is { } unreplayable
        && compilation.GetTypeByMetadataName("Weir.ISink`1") is { } sink
        && compilation.GetTypeByMetadataName("Weir.ITransactionalSink`1") is { } transactional
        && compilation.GetTypeByMetadataName("Weir.IIdempotentSink`1") is { } idempotent
            ? new(unreplayable, sink, [transactional, idempotent])
            : null;

    /// <summary>Why a call of <c>From</c> or <c>To</c> cannot be part of an exactly-once pipeline; null if it can, or is another
    /// call.</summary>
    public string? Refuse(IInvocationOperation call)
    {
        var owner = call.TargetMethod.ContainingType is { } type ? MemberUse.FullName(type) : null;
        if (WhyNot(owner, call.TargetMethod) is { } why)
        {
            return why;
        }

        var given = (owner, call.TargetMethod.Name) switch
        {
            ("Weir.Job", "From") => call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "source")?.Value,
            ("Weir.StreamVerbs", "To") => call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "sink")?.Value,
            _ => null,
        };
        if (given is null || TypeOf(given) is not { TypeKind: not TypeKind.Error } known)
        {
            return null;
        }

        if (call.TargetMethod.Name == "From")
        {
            return Implements(known, unreplayable) ? $"the source '{known.Name}' cannot read records again after a failure" : null;
        }

        // Of a variable of the interface alone nothing is known until the job starts.
        return SymbolEqualityComparer.Default.Equals(known.OriginalDefinition, sink) || able.Any(one => Implements(known, one))
            ? null
            : $"the sink '{known.Name}' is neither an ITransactionalSink nor an IIdempotentSink";
    }

    // Some overloads take what can never give it, whatever its type.
    private static string? WhyNot(string? owner, IMethodSymbol method)
    {
        var parameter = method.ReducedFrom is null && method.IsExtensionMethod ? method.Parameters.ElementAtOrDefault(1)
            : method.Parameters.FirstOrDefault();
        return (owner, method.Name, parameter) switch
        {
            ("Weir.Job", "From", { } given) when given.GetAttributes().Any(static attribute =>
                attribute.AttributeClass is { } marker && MemberUse.FullName(marker) == "Weir.ReadOnceAttribute") =>
                $"'{given.Name}' can be read once, and not again after a failure",
            ("Weir.StreamVerbs", "To", { Name: "action" or "channel" } given) =>
                $"what the {(given.Name == "action" ? "function" : "channel")} was given cannot be taken back",
            _ => null,
        };
    }

    // A variable says less than the value that it was given.
    private static ITypeSymbol? TypeOf(IOperation value)
    {
        var bare = MemberUse.Bare(value);
        return bare is ILocalReferenceOperation local && Locals.InitializerOf(local) is { } initializer
            ? MemberUse.Bare(initializer).Type ?? bare.Type
            : bare.Type;
    }

    private static bool Implements(ITypeSymbol type, INamedTypeSymbol contract) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, contract)
        || type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, contract))
        || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(bound => Implements(bound, contract)));
}
