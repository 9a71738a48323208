using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>
/// Writes what the project stores, for <c>dotnet build -t:WeirAcceptState</c> to take as the new baseline. Does nothing in any other build.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class StateGenerator : IIncrementalGenerator
{
    /// <summary>The property of the build that asks for it.</summary>
    internal const string Property = "build_property.WeirAcceptsState";

    /// <summary>The file: a comment that holds the baseline.</summary>
    internal const string File = "weir.state.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var isAsked = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(Property, out var value) && value == "true");

        // The compilation is looked at in that one build alone.
        context.RegisterImplementationSourceOutput(isAsked.Combine(context.CompilationProvider), static (output, asked) =>
        {
            if (asked.Left)
            {
                var text = StateFileText.Of(Read(asked.Right, output.CancellationToken));
                output.AddSource(File, SourceText.From($"/*\n{text}*/\n", Encoding.UTF8));
            }
        });
    }

    /// <summary>What a whole compilation stores.</summary>
    internal static StateModel Read(Compilation compilation, CancellationToken cancellation)
    {
        var types = new StateTypes(compilation, cancellation);
        var operators = new List<OperatorStateModel>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var semantics = compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot(cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(static method => method.AttributeLists.Count > 0))
            {
                if (semantics.GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method
                    && TypeNames.Attribute(method, "Weir.PipelineAttribute") is not null)
                {
                    operators.AddRange(
                        StateParser.Parse(method, declaration, semantics, types, cancellation).Select(static found => found.Model));
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
