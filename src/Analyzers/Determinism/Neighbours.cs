using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>Which files operator code can reach from others, by names alone: most files need not be looked at with any other.</summary>
/// <param name="sources">The project.</param>
/// <param name="verbs">The names of verbs.</param>
/// <param name="contracts">The names of the types whose members the runtime calls.</param>
internal sealed class Neighbours(Sources sources, IReadOnlyCollection<string> verbs, IReadOnlyCollection<string> contracts)
{
    private HashSet<SyntaxTree>? _reached;

    /// <summary>Gets the files that hold operator code, and all that they may call.</summary>
    public HashSet<SyntaxTree> Reached => _reached ??= Find();

    /// <summary>Whether operator code of another file may call into a file.</summary>
    public bool IsReachedFromOutside(SyntaxTree tree)
    {
        if (!Reached.Contains(tree))
        {
            return false;
        }

        var index = sources.Index(tree);
        return index.IsPartial
            || Reached.Any(other => other != tree && (Names(sources.Index(other), index) || Declares(sources.Index(other), index)));
    }

    private HashSet<SyntaxTree> Find()
    {
        var reached = new HashSet<SyntaxTree>();
        var open = new Queue<SyntaxTree>(sources.Trees.Where(HoldsRoots));
        var byName = sources.Trees.SelectMany(tree => sources.Index(tree).Declared.Select(name => (name, tree)))
            .ToLookup(static pair => pair.name, static pair => pair.tree, StringComparer.Ordinal);
        var byAncestor = sources.Trees.SelectMany(tree => sources.Index(tree).Ancestors.Select(name => (name, tree)))
            .ToLookup(static pair => pair.name, static pair => pair.tree, StringComparer.Ordinal);
        while (open.Count > 0)
        {
            var tree = open.Dequeue();
            if (reached.Add(tree))
            {
                // What it names, and what stands in for the types that it declares.
                var next = sources.Index(tree).Names.SelectMany(name => byName[name])
                    .Concat(sources.Index(tree).Declared.SelectMany(name => byAncestor[name]))
                    .Concat(sources.Index(tree).IsPartial ? sources.Index(tree).Declared.SelectMany(name => byName[name]) : []);
                foreach (var other in next.Where(other => !reached.Contains(other)))
                {
                    open.Enqueue(other);
                }
            }
        }

        return reached;
    }

    private bool HoldsRoots(SyntaxTree tree)
    {
        var index = sources.Index(tree);
        return index.Queries.Count > 0 || verbs.Any(verb => index.Calls(verb).Count > 0) || contracts.Any(index.Ancestors.Contains);
    }

    // A name that a file declares itself is most likely its own.
    private static bool Names(TreeIndex user, TreeIndex used) => used.Declared.Any(name => user.Uses(name) && !user.Declares(name));

    private static bool Declares(TreeIndex other, TreeIndex derived) => derived.Ancestors.Any(other.Declares);
}
