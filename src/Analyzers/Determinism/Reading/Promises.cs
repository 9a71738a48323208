using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What attributes say of members: that they are deterministic, that they are not, and what was found out when they were
/// built.</summary>
/// <param name="compilation">The compilation.</param>
/// <param name="deterministic">The attribute that marks what may be relied on.</param>
internal sealed class Promises(Compilation compilation, INamedTypeSymbol deterministic)
{
    private readonly INamedTypeSymbol? _nonDeterministic = compilation.GetTypeByMetadataName("Weir.NonDeterministicAttribute");
    private readonly Dictionary<IAssemblySymbol, AssemblySummary> _summaries = new(SymbolEqualityComparer.Default);

    /// <summary>Whether somebody answers for a member: it is not looked into.</summary>
    public bool IsDeterministic(ISymbol member) => Holds(member, deterministic);

    /// <summary>Whether a symbol itself carries the attribute.</summary>
    public bool IsMarked(ISymbol symbol) => Has(symbol, deterministic) is not null;

    /// <summary>Why a member must not be used in operator code, by an attribute; null if nothing says so.</summary>
    public (DiagnosticDescriptor Rule, string Cure)? Find(ISymbol member)
    {
        if (Holder(member, _nonDeterministic) is not { } attribute)
        {
            return null;
        }

        var rule = Rules.Of(Named(attribute, "Rule") ?? "") ?? Rules.Machine;
        return (rule, attribute.ConstructorArguments is [{ Value: string text }, ..] ? text : "it is marked [NonDeterministic]");
    }

    /// <summary>The rules that a member of a referenced assembly breaks, as its own build has found.</summary>
    public IReadOnlyList<AssemblySummary.Finding> Summarized(ISymbol member, CancellationToken cancellation)
    {
        if (member.ContainingAssembly is not { } assembly || SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly))
        {
            return [];
        }

        if (!_summaries.TryGetValue(assembly, out var summary))
        {
            _summaries.Add(assembly, summary = AssemblySummary.Of(assembly, compilation));
        }

        return summary.Find(member, cancellation);
    }

    private static string? Named(AttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.Key == name)
        .Select(static argument => argument.Value.Value as string)
        .FirstOrDefault();

    private static bool Holds(ISymbol member, INamedTypeSymbol attribute) => Holder(member, attribute) is not null;

    // The member itself, the property of an accessor, or the type around it.
    private static AttributeData? Holder(ISymbol member, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
        {
            return null;
        }

        var definition = member.OriginalDefinition;
        if (Has(definition, attribute) is { } own)
        {
            return own;
        }

        if (definition is IMethodSymbol { AssociatedSymbol: { } associated } && Has(associated, attribute) is { } ofProperty)
        {
            return ofProperty;
        }

        // On a contract the attribute asks something of those who implement it.
        return definition.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type ? Has(type, attribute)
            : definition.ContainingType is { IsStatic: true } container ? Has(container, attribute) : null;
    }

    private static AttributeData? Has(ISymbol symbol, INamedTypeSymbol attribute) => symbol.GetAttributes()
        .FirstOrDefault(present => SymbolEqualityComparer.Default.Equals(present.AttributeClass, attribute));
}
