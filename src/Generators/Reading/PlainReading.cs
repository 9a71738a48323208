using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Reading;

/// <summary>Reads a whole compilation anew and keeps nothing: what is left when the memo fails.</summary>
internal static class PlainReading
{
    private const string OfMemo = "everything is compiled as ever, but is read anew with each edit, and the editor may be slower";
    private const string OfFile = "the pipelines in it run interpreted, and its types and rows have no codecs and formats";

    /// <summary>The files in which something was found, and what went wrong.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="failure">Why the memo could not be asked.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static ImmutableArray<FileSitesModel> Read(CSharpCompilation compilation, Exception failure, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<FileSitesModel>();
        found.Add(Said(GeneratorBugModel.OfReading(failure, "what it knew of the program", OfMemo, file: null)));
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read(tree, compilation, cancellation) is { Sites.Count: > 0 } sites)
            {
                found.Add(sites);
            }
        }

        return found.ToImmutable();
    }

    private static FileSitesModel Read(SyntaxTree tree, CSharpCompilation compilation, CancellationToken cancellation)
    {
        try
        {
            var model = Semantics.Of(compilation, tree);
            var candidates = TreeReading.Of(tree, cancellation).Candidates;
            return Of([.. candidates.Select(site => SiteParser.ParseGuarded(site, model, cancellation))]);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            var file = tree.FilePath is { Length: > 0 } path ? path : null;
            return Said(GeneratorBugModel.OfReading(bug, $"the file '{Path.GetFileName(file)}'", OfFile, file));
        }
    }

    // A failure travels as a site that holds nothing else: the generator of pipelines reports it.
    private static FileSitesModel Said(GeneratorBugModel bug) => Of(FoundSiteModel.Failed(bug));

    private static FileSitesModel Of(params FoundSiteModel[] sites) => new() { Sites = new EquatableArray<FoundSiteModel>(sites) };
}
