using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>What a referenced assembly says of its own members: somebody has found it out of the whole.</summary>
internal sealed class AssemblySummary
{
    private static readonly char[] Separator = ['|'];

    private readonly Dictionary<string, (string Rule, string Path)> _members = new(StringComparer.Ordinal);

    public static AssemblySummary Of(IAssemblySymbol assembly)
    {
        var summary = new AssemblySummary();
        foreach (var attribute in assembly.GetAttributes())
        {
            // member|rule|path
            if (attribute is
                {
                    AttributeClass.Name: "NonDeterministicMembersAttribute",
                    ConstructorArguments: [{ Kind: TypedConstantKind.Array } lines]
                })
            {
                foreach (var line in lines.Values.Select(static value => value.Value).OfType<string>())
                {
                    var parts = line.Split(Separator, 3);
                    if (parts.Length == 3)
                    {
                        summary._members[parts[0]] = (parts[1], parts[2]);
                    }
                }
            }
        }

        return summary;
    }

    public (DiagnosticDescriptor Rule, string Cure, string? Path)? Find(ISymbol member) =>
        _members.Count > 0
        && member.OriginalDefinition.GetDocumentationCommentId() is { } id
        && _members.TryGetValue(id, out var found)
        && Rules.Of(found.Rule) is { } rule
            ? (rule, "the assembly that holds it was built with that finding", found.Path)
            : null;
}
