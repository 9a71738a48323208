using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.State;
using Weir.Generators.Types;

namespace Weir.Analyzers.State;

/// <summary>
/// All that a project's pipelines store otherwise than its baseline says. Read once for a compilation, by who asks first.
/// </summary>
/// <param name="compilation">The project.</param>
/// <param name="pipeline">The attribute of pipelines.</param>
/// <param name="baseline">The baseline.</param>
/// <param name="file">Where the baseline itself is pointed at.</param>
internal sealed class StateFindings(Compilation compilation, INamedTypeSymbol pipeline, StateModel baseline, Location file)
{
    private readonly object _gate = new();
    private List<Diagnostic>? _all;

    /// <summary>The diagnostics, in any file.</summary>
    public IReadOnlyList<Diagnostic> All(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _all ??= Read(cancellation);
        }
    }

    private List<Diagnostic> Read(CancellationToken cancellation)
    {
        var found = new List<Diagnostic>();
        var sites = compilation.SyntaxTrees.SelectMany(tree => Pipelines(tree, cancellation)).ToList();
        foreach (var site in sites)
        {
            Compare(site, site.Name, null, found, cancellation);
        }

        // A pipeline that has another name has its ids all the same, and its state.
        var added = sites.Where(site => baseline.Operators.All(one => one.Pipeline != site.Name)).ToList();
        foreach (var gone in baseline.Operators.Select(static one => one.Pipeline).Distinct()
            .Where(name => sites.All(site => site.Name != name)))
        {
            if ((added.FirstOrDefault(site => Last(site.Name) == Last(gone)) ?? added.FirstOrDefault()) is { } heir)
            {
                added.Remove(heir);
                Compare(heir, gone, gone, found, cancellation);
            }
            else
            {
                found.Add(Diagnostic.Create(
                    Rules.OperatorLost,
                    file,
                    $"the pipeline '{gone}' is gone, and its state with it: put it back, or accept the new state"));
            }
        }

        return found;
    }

    private IEnumerable<PipelineSite> Pipelines(SyntaxTree tree, CancellationToken cancellation)
    {
        var declarations = tree.GetRoot(cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(static method => method.AttributeLists.Count > 0).ToList();
        if (declarations.Count == 0)
        {
            yield break;
        }

#pragma warning disable RS1030 // All files are read; none of it where there is no baseline.
        var semantics = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
        foreach (var declaration in declarations)
        {
            if (semantics.GetDeclaredSymbol(declaration, cancellation) is { } method
                && method.GetAttributes().Any(present => SymbolEqualityComparer.Default.Equals(present.AttributeClass, pipeline)))
            {
                yield return new PipelineSite($"{TypeNames.Label(method.ContainingType)}.{method.Name}", method, declaration, semantics);
            }
        }
    }

    private void Compare(PipelineSite site, string name, string? formerName, List<Diagnostic> found, CancellationToken cancellation)
    {
        var then = baseline.Operators.Where(one => one.Pipeline == name).ToArray();
        if (then.Length == 0)
        {
            return;
        }

        var types = new StateTypes(compilation, cancellation);
        var now = StateParser.Parse(site.Method, site.Declaration, site.Semantics, types, cancellation);
        var place = site.Declaration.Identifier.GetLocation();
        if (formerName is not null)
        {
            found.Add(Diagnostic.Create(
                Rules.OperatorLost,
                place,
                StateFixes.Properties((StateFixes.Pipeline, site.Name), (StateFixes.FormerPipeline, formerName)),
                $"the pipeline '{formerName}' is gone and '{site.Name}' is new: give it its name back, or accept the new state"));
        }

        found.AddRange(OperatorIds.Compare(place, site.Name, then, now));
        var comparison = new StateComparison(baseline, types.All);
        foreach (var one in now.All)
        {
            if (then.FirstOrDefault(stored => stored.Id == one.Model.Id) is { } stored)
            {
                found.AddRange(comparison.Compare(stored, one.Model)
                    .Select(change => Changed(change, site.Name, one, types))
                    .Where(diagnostic => found.All(other => other.Id != diagnostic.Id || other.Location != diagnostic.Location)));
            }
        }
    }

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);

    private static Diagnostic Changed(StateChange change, string pipeline, FoundOperator found, StateTypes types)
    {
        var heir = change.Heir is null ? null : types.Find(change.Heir.Type, change.Heir.Member);
        return Diagnostic.Create(
            Rules.StateChanged,
            (change.Type is null ? null : types.Find(change.Type, change.Member)) ?? found.At.GetLocation(),
            heir is null ? [] : [heir],
            StateFixes.Properties(
                (StateFixes.Pipeline, pipeline), (StateFixes.Operator, found.Model.Id),
                (StateFixes.FormerName, heir is null ? null : change.Heir!.Name)),
            $"The state of '{found.Model.Id}' has changed: {change.Text}");
    }

    private sealed record PipelineSite(string Name, IMethodSymbol Method, MethodDeclarationSyntax Declaration, SemanticModel Semantics);
}
