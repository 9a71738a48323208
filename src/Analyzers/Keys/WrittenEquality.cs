using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Analyzers.Keys;

/// <summary>
/// Whether an <c>Equals</c> that somebody wrote takes values with different members for equal. Keys are dealt out by a hash of all members,
/// so that two such keys fall into two groups.
/// </summary>
internal static class WrittenEquality
{
    public const string Why = "has an Equals that takes different members for equal, and keys are dealt out by a hash of all members";

    public const string Cure = "make equal keys of equal members, or give the type a [CustomCodec] whose hash follows its Equals";

    private static readonly HashSet<string> Rounding = new(StringComparer.Ordinal)
    {
        "ToUpper", "ToLower", "ToUpperInvariant", "ToLowerInvariant", "Round", "Truncate", "Floor", "Ceiling", "Abs", "Trim",
    };

    public static bool IsLoose(INamedTypeSymbol type)
    {
        if (type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "CustomCodecAttribute"))
        {
            return false;
        }

        var names = new HashSet<string>(
            type.GetMembers("Equals").OfType<IMethodSymbol>()
                .Where(static method => method is { IsStatic: false, IsImplicitlyDeclared: false, Parameters.Length: 1 })
                .SelectMany(static method => method.DeclaringSyntaxReferences)
                .SelectMany(static part => part.GetSyntax().DescendantTokens())
                .Where(static token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(static token => token.ValueText),
            StringComparer.Ordinal);
        return names.Count > 0 && (names.Any(IsRounding) || LeavesOut(type, names));
    }

    private static bool IsRounding(string name) =>
        Rounding.Contains(name)
        || name.EndsWith("IgnoreCase", StringComparison.Ordinal)
        || name.StartsWith("CurrentCulture", StringComparison.Ordinal);

    // Behind a method or a computed property may be any member.
    private static bool LeavesOut(INamedTypeSymbol type, HashSet<string> names)
    {
        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic).ToArray();
        var stored = new HashSet<string>(fields.Select(static field => field.AssociatedSymbol?.Name ?? field.Name), StringComparer.Ordinal);
        var asksOthers = type.GetMembers().Any(member => names.Contains(member.Name)
            && (member is IMethodSymbol { Name: not "Equals", MethodKind: MethodKind.Ordinary }
                || (member is IPropertySymbol && !stored.Contains(member.Name))));
        return !asksOthers && stored.Any(member => !names.Contains(member));
    }
}
