using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>Reads what all pipelines of a project store.</summary>
internal static class StateReader
{
    /// <summary>What a whole compilation stores.</summary>
    public static StateModel Read(Compilation compilation, CancellationToken cancellation)
    {
        var types = new StateTypes(compilation, cancellation);
        var operators = new List<OperatorStateModel>();
        foreach (var tree in compilation.SyntaxTrees)
        {
#pragma warning disable RS1030 // All files are read; only where somebody asks for the whole.
            var semantics = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            foreach (var declaration in tree.GetRoot(cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(static method => method.AttributeLists.Count > 0))
            {
                if (semantics.GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method
                    && TypeNames.Attribute(method, "Weir.PipelineAttribute") is not null)
                {
                    operators.AddRange(
                        StateParser.Parse(method, declaration, semantics, types, cancellation).All.Select(static found => found.Model));
                }
            }
        }

        return new StateModel
        {
            Operators = new([.. operators.GroupBy(StateFileText.NameOf, StringComparer.Ordinal).Select(static same => same.First())
                .OrderBy(StateFileText.NameOf, StringComparer.Ordinal)]),
            Types = new([.. types.All]),
        };
    }
}
