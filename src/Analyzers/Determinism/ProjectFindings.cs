using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>The findings of one compilation, a file at a time: an editor asks about the file that somebody types in.</summary>
/// <remarks>
/// A file is read with what its own operator code calls. The rest of the project is read only if operator code of other files can reach it,
/// and if there is something in it to be found.
/// </remarks>
internal sealed class ProjectFindings
{
    private readonly object _gate = new();
    private readonly INamedTypeSymbol _deterministic;
    private readonly Project _project;
    private readonly HiddenState _state;
    private readonly Neighbours _neighbours;
    private OperatorCode? _all;

    public ProjectFindings(Compilation compilation, INamedTypeSymbol deterministic)
    {
        _deterministic = deterministic;
        _project = new(compilation, deterministic);
        _state = new(_project);
        var roots = new OperatorRoots(_project, deterministic);
        _neighbours = new(_project.Sources, roots.Verbs, roots.Contracts);
    }

    /// <summary>What is to be reported in a file.</summary>
    public IReadOnlyList<Diagnostic> Of(SyntaxTree tree, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _project.Sources.Cancellation = cancellation;
            if (!_project.Sources.Trees.Contains(tree) || !_neighbours.Reached.Contains(tree))
            {
                return [];
            }

            var own = new OperatorCode(_project, _state);
            own.Follow(new(_project, _deterministic), tree);
            return _neighbours.IsReachedFromOutside(tree) && HoldsSomething(tree)
                ? [.. own.In(tree, null), .. All().In(tree, own).Where(static found => found.Severity == found.DefaultSeverity)]
                : [.. own.In(tree, null)];
        }
    }

    private OperatorCode All()
    {
        if (_all is null)
        {
            var all = new OperatorCode(_project, _state);
            var roots = new OperatorRoots(_project, _deterministic);
            foreach (var tree in _project.Sources.Trees.Where(_neighbours.Reached.Contains))
            {
                all.Follow(roots, tree);
            }

            _all = all;
        }

        return _all;
    }

    private bool HoldsSomething(SyntaxTree tree)
    {
        var model = _project.Sources.Model(tree);
        return tree.GetRoot(_project.Sources.Cancellation).DescendantNodes()
            .Select(node => UnitOf(node, model))
            .OfType<CodeUnit>()
            .Any(unit => _project.FactsOf(unit) is { } facts && (facts.Offences.Count > 0 || facts.States.Count > 0));
    }

    private static CodeUnit? UnitOf(SyntaxNode node, SemanticModel model) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax =>
            model.GetDeclaredSymbol(node) is IMethodSymbol method ? CodeUnit.Of(method) : null,
        BasePropertyDeclarationSyntax property => model.GetDeclaredSymbol(property) is IPropertySymbol { GetMethod: { } getter }
            && property.AccessorList is null ? CodeUnit.Of(getter)
            : model.GetDeclaredSymbol(property) is { } initialized ? CodeUnit.OfInitializer(initialized) : null,
        VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } =>
            model.GetDeclaredSymbol(node) is { } field ? CodeUnit.OfInitializer(field) : null,
        TypeDeclarationSyntax { ParameterList: not null } type => model.GetDeclaredSymbol(type) is INamedTypeSymbol declared
            && declared.InstanceConstructors.FirstOrDefault() is { } primary ? CodeUnit.Of(primary) : null,
        _ => null,
    };
}
