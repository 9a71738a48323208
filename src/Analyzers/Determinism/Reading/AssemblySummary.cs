using Microsoft.CodeAnalysis;
using Weir.Analyzers.Summaries;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What is known of the members of a referenced assembly: its own build has found it out of the whole.</summary>
internal sealed class AssemblySummary
{
    private static readonly char[] Separator = ['|'];

    private readonly Dictionary<string, List<Finding>> _members = new(StringComparer.Ordinal);
    private readonly NeighbourSummary? _neighbour;

    private AssemblySummary(NeighbourSummary? neighbour) => _neighbour = neighbour;

    public static AssemblySummary Of(IAssemblySymbol assembly, Compilation user)
    {
        var attributes = assembly.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.Name == "NonDeterministicMembersAttribute")
            .ToArray();
        var summary = new AssemblySummary(attributes.Length == 0 ? NeighbourSummary.Of(user, assembly) : null);
        foreach (var line in attributes.SelectMany(static attribute => attribute.ConstructorArguments)
            .Where(static argument => argument.Kind == TypedConstantKind.Array)
            .SelectMany(static argument => argument.Values)
            .Select(static value => value.Value)
            .OfType<string>())
        {
            // member|rule|path
            if (line.Split(Separator, 3) is [{ } member, { } id, { } path] && Rules.Of(id) is { } rule)
            {
                summary.Add(member, new(rule, path));
            }
        }

        return summary;
    }

    /// <summary>Every rule that a member breaks, with the path from it.</summary>
    public IReadOnlyList<Finding> Find(ISymbol member, CancellationToken cancellation)
    {
        if ((_neighbour is null && _members.Count == 0) || IdOf(member) is not { } id)
        {
            return [];
        }

        if (!_members.TryGetValue(id, out var findings))
        {
            foreach (var finding in _neighbour?.Find(id, cancellation) ?? [])
            {
                Add(id, new(Rules.Of(finding.Rule)!, finding.Path));
            }

            findings = _members.TryGetValue(id, out var found) ? found : [];
        }

        return findings;
    }

    // Reading a property is known by its own name, writing it by that of its setter.
    private static string? IdOf(ISymbol member)
    {
        var definition = (member is IMethodSymbol method ? Written(method.ReducedFrom ?? method) : member).OriginalDefinition;
        return definition is IMethodSymbol { MethodKind: MethodKind.PropertyGet, AssociatedSymbol: { } property }
            ? property.GetDocumentationCommentId()
            : definition.GetDocumentationCommentId();
    }

    // For a parameter with 'in' the compiler writes a private method that does no more than call what the user wrote.
    private static IMethodSymbol Written(IMethodSymbol method) =>
        method.ExplicitInterfaceImplementations is [{ } contract, ..] && method.DeclaringSyntaxReferences.IsEmpty
            ? method.ContainingType.GetMembers(contract.Name).OfType<IMethodSymbol>().FirstOrDefault(one =>
                TypesOf(one).SequenceEqual(TypesOf(method), SymbolEqualityComparer.Default)) ?? method
            : method;

    private static IEnumerable<ITypeSymbol> TypesOf(IMethodSymbol method) => method.Parameters.Select(static parameter => parameter.Type);

    private void Add(string member, Finding finding)
    {
        if (!_members.TryGetValue(member, out var findings))
        {
            _members.Add(member, findings = []);
        }

        findings.Add(finding);
    }

    /// <summary>A rule that a member breaks.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Path">The way from the member to the reason.</param>
    public sealed record Finding(DiagnosticDescriptor Rule, string Path);
}
