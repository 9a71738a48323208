using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>A piece of code that runs as one: a method, accessor or constructor, the initializer of a field or property, or a
/// lambda.</summary>
internal sealed class CodeUnit : IEquatable<CodeUnit>
{
    private CodeUnit(ISymbol? symbol, SyntaxNode? lambda)
    {
        Symbol = symbol;
        Lambda = lambda;
    }

    /// <summary>Gets the method, or the field or property that is initialized; null for a lambda.</summary>
    public ISymbol? Symbol { get; }

    /// <summary>Gets the lambda, the anonymous method or the clause of a query; null for what has a name.</summary>
    public SyntaxNode? Lambda { get; }

    /// <summary>Gets how a path names it; null for a lambda, which has no name.</summary>
    public string? Name => Symbol switch
    {
        null => null,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"new {constructor.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.StaticConstructor } constructor => $"static {constructor.ContainingType.Name}",
        IMethodSymbol { AssociatedSymbol: IPropertySymbol { IsIndexer: true } } => "this[]",
        IMethodSymbol { AssociatedSymbol: { } member } => member.Name,
        IMethodSymbol
        {
            MethodKind: MethodKind.UserDefinedOperator
            or MethodKind.Conversion
        } => $"operator of {Symbol.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } method =>
            method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        _ => Symbol.Name,
    };

    public static CodeUnit Of(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return new(definition.PartialImplementationPart ?? definition, null);
    }

    /// <summary>The initializer of a field or an automatic property.</summary>
    public static CodeUnit OfInitializer(ISymbol member) => new(member.OriginalDefinition, null);

    public static CodeUnit Of(SyntaxNode lambda) => new(null, lambda);

    public bool Equals(CodeUnit? other) =>
        other is not null && Lambda == other.Lambda && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override bool Equals(object? obj) => Equals(obj as CodeUnit);

    public override int GetHashCode() => Lambda is null ? SymbolEqualityComparer.Default.GetHashCode(Symbol) : Lambda.GetHashCode();
}
