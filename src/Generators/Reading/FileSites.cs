using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Reading;

/// <summary>The sites of one tree, and what was found there last.</summary>
/// <param name="tree">What the tree says.</param>
/// <param name="globalAliases">The global aliases that attributes may have been named by.</param>
/// <param name="sites">Its sites in the order of the text.</param>
internal sealed class FileSites(TreeReading tree, string globalAliases, (SiteCandidate Candidate, SiteSlot Slot)[] sites)
{
    private readonly object _gate = new();
    private readonly (FoundSiteModel Found, FoundSiteModel Here)?[] _located = new (FoundSiteModel, FoundSiteModel)?[sites.Length];
    private FileSitesModel? _last;

    public string GlobalAliases => globalAliases;

    /// <summary>What is found in the file; null if that is nothing.</summary>
    public FileSitesModel? Read(
        CSharpCompilation compilation, ProgramReading program, Action<SiteCandidate> noteAnew, CancellationToken cancellation)
    {
        if (sites.Length == 0)
        {
            return null;
        }

        SemanticModel? model = null;
        var found = new FoundSiteModel[sites.Length];
        for (var i = 0; i < sites.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (candidate, slot) = sites[i];
            found[i] = slot.Find(program, tree) is { } kept && Locate(i, kept, compilation, program, cancellation) is { } here
                ? here
                : ReadAnew(i, model ??= Semantics.Of(compilation, tree.Tree), program, noteAnew, cancellation);
        }

        lock (_gate)
        {
            var isSame = _last is { } last && found.Select((site, i) => ReferenceEquals(site, last.Sites[i])).All(static same => same);
            return isSame ? _last : _last = new FileSitesModel { Sites = new EquatableArray<FoundSiteModel>(found) };
        }
    }

    private FoundSiteModel ReadAnew(
        int index, SemanticModel model, ProgramReading program, Action<SiteCandidate> noteAnew, CancellationToken cancellation)
    {
        var (candidate, slot) = sites[index];
        using var reads = BodyReads.Begin();
        var site = SiteParser.ParseGuarded(candidate, model, cancellation);
        noteAnew(candidate);
        slot.Keep(site, program, tree, reads);
        Remember(index, site, site);
        return site;
    }

    // Where calls are intercepted changes with each edit of their file, and nothing needs to be bound for it.
    private FoundSiteModel? Locate(
        int index, FoundSiteModel found, CSharpCompilation compilation, ProgramReading program, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_located[index] is { } known && ReferenceEquals(known.Found, found) && !LiesElsewhere(found))
            {
                return known.Here;
            }
        }

        if (found.Pipeline?.Parsed is not { Locations.Count: > 0 } parsed)
        {
            Remember(index, found, found);
            return found;
        }

        var locations = parsed.Locations.Select(location => PlaceFinder.Find(location, tree, program, compilation, cancellation)).ToArray();
        if (locations.Any(static location => location is null))
        {
            return null;
        }

        var moved = new EquatableArray<Pipelines.Parsing.LocationModel>(locations!);
        var here = moved.Equals(parsed.Locations) ? found
            : found with { Pipeline = found.Pipeline with { Parsed = parsed with { Locations = moved } } };
        Remember(index, found, here);
        return here;
    }

    private bool LiesElsewhere(FoundSiteModel site) => site.Pipeline?.Parsed?.Locations.Any(location =>
        location.Place is { } place && (place.In.Path ?? "") != tree.Tree.FilePath) == true;

    private void Remember(int index, FoundSiteModel found, FoundSiteModel here)
    {
        lock (_gate)
        {
            _located[index] = (found, here);
        }
    }
}
