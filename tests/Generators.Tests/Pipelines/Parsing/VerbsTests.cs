using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines.Parsing;

/// <summary>What each verb of the package is taken for.</summary>
public sealed class VerbsTests
{
    /// <remarks>
    /// A new verb shows here. Is its role not what it should be (a verb that gives back its own stream is a Note), the table <c>Verbs</c> is
    /// the place to say so; otherwise accept the line: <c>UPDATE_SNAPSHOTS=1</c>.
    /// </remarks>
    [Fact]
    public void Every_verb_has_a_role()
    {
        var verbs = Compile.Source("").GetTypeByMetadataName("Weir.StreamVerbs")!;
        var lines = verbs.GetMembers().Concat(verbs.ContainingAssembly.GetTypeByMetadataName("Weir.Job")!.GetMembers())
            .OfType<IMethodSymbol>()
            .Where(static method => method.DeclaredAccessibility == Accessibility.Public && Verbs.RoleOf(method) != VerbRole.None)
            .Select(static method =>
                $"{Verbs.RoleOf(method),-9} {method.Name}({string.Join(", ", method.Parameters.Select(static one => one.Type.Name))})")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Snapshot.Match(string.Join('\n', lines) + "\n", extension: "txt");
    }
}
