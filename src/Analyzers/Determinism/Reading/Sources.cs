using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>The files of a compilation that somebody wrote, with their meaning.</summary>
/// <param name="compilation">The compilation.</param>
internal sealed class Sources(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly Dictionary<SyntaxTree, TreeIndex> _indexes = [];
    private IReadOnlyList<SyntaxTree>? _trees;
    private IReadOnlyList<INamedTypeSymbol>? _types;

    public Compilation Compilation { get; } = compilation;

    /// <summary>Gets or sets what cancels the reading that goes on now.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Gets the files without those that are generated.</summary>
    public IReadOnlyList<SyntaxTree> Trees => _trees ??= [.. Compilation.SyntaxTrees.Where(IsWritten)];

    /// <summary>Gets all types of the project, those within types too.</summary>
    public IReadOnlyList<INamedTypeSymbol> Types => _types ??= [.. TypesOf(Compilation.Assembly.GlobalNamespace)];

    public static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                if (inner is INamedTypeSymbol type)
                {
                    yield return type;
                }

                foreach (var nested in TypesOf(inner))
                {
                    yield return nested;
                }
            }
        }
    }

    public SemanticModel Model(SyntaxTree tree) => _models.GetOrAdd(
        tree,
#pragma warning disable RS1030 // Operator code calls into other files than the one being analyzed; models are kept for the compilation.
        missing => Compilation.GetSemanticModel(missing));
#pragma warning restore RS1030

    public IOperation? Operation(SyntaxNode node) => Model(node.SyntaxTree).GetOperation(node, Cancellation);

    public ISymbol? Symbol(SyntaxNode node) => Model(node.SyntaxTree).GetSymbolInfo(node, Cancellation).Symbol;

    public TreeIndex Index(SyntaxTree tree)
    {
        if (!_indexes.TryGetValue(tree, out var index))
        {
            _indexes.Add(tree, index = TreeIndex.Of(tree, Cancellation));
        }

        return index;
    }

    public IEnumerable<SyntaxNode> Calls(string name) => Trees.SelectMany(tree => Index(tree).Calls(name));

    /// <summary>Whether the code of a symbol lies in this compilation, in a file that somebody wrote.</summary>
    public bool Has(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, Compilation.Assembly)
        && (symbol.DeclaringSyntaxReferences.IsEmpty
            ? symbol.ContainingType?.DeclaringSyntaxReferences ?? [] : symbol.DeclaringSyntaxReferences)
            .Any(part => IsWritten(part.SyntaxTree));

    public IEnumerable<SyntaxNode> Declarations(ISymbol symbol) => symbol.DeclaringSyntaxReferences
        .Where(part => IsWritten(part.SyntaxTree))
        .Select(part => part.GetSyntax(Cancellation));

    private static bool IsWritten(SyntaxTree tree) =>
        !tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase)
        && !tree.FilePath.EndsWith(".designer.cs", StringComparison.OrdinalIgnoreCase)
        && !tree.FilePath.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase);
}
