using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Reading;

/// <summary>Reads what the generators want to know of a compilation, and of what it has read before only what may have changed.</summary>
/// <remarks>
/// A site is found again by its text and place and by what its file declares. What was found there is kept while a file with that site is
/// in memory, and holds while what its names may lead to, and the bodies that were read, are the same. Nothing here holds a compilation
/// (ADR 0024).
/// </remarks>
internal sealed class SiteMemo
{
    private static readonly string[] OurAttributes = ["Pipeline", "PipelineAttribute", "GenerateCodec", "GenerateCodecAttribute"];

    private readonly ConcurrentDictionary<Digest, WeakReference<SiteSlot>> _slots = new();
    private readonly ConditionalWeakTable<SyntaxTree, FileSites> _files = new();
    private readonly ConditionalWeakTable<Compilation, ConcurrentQueue<string>> _anew = new();
    private readonly ConditionalWeakTable<Compilation, object> _found = new();
    private int _sweepAt = 1024;

    /// <summary>Gets the one that all generators of a process share.</summary>
    public static SiteMemo Shared { get; } = new();

    /// <summary>The files in which something was found.</summary>
    public ImmutableArray<FileSitesModel> Read(Compilation compilation, CancellationToken cancellation)
    {
        if (compilation is not CSharpCompilation csharp)
        {
            return [];
        }

        // The first generator of a run reads; the others are told the same.
        if (_found.TryGetValue(compilation, out var known))
        {
            return (ImmutableArray<FileSitesModel>)known;
        }

        ImmutableArray<FileSitesModel> found;
        try
        {
            found = ReadKnown(csharp, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Nothing that is remembered is worth a build without any generated code.
            found = PlainReading.Read(csharp, failure, cancellation);
        }

        return (ImmutableArray<FileSitesModel>)_found.GetValue(compilation, _ => found);
    }

    /// <summary>The sites that a compilation had to be bound for. Tests look at it: the steps behind cannot tell.</summary>
    public IReadOnlyCollection<string> ReadAnew(Compilation compilation) => _anew.TryGetValue(compilation, out var anew) ? anew : [];

    private ImmutableArray<FileSitesModel> ReadKnown(CSharpCompilation csharp, CancellationToken cancellation)
    {
        var program = ProgramReading.Of(csharp, cancellation);
        Faults.At("the memo");
        var found = ImmutableArray.CreateBuilder<FileSitesModel>();
        foreach (var tree in program.Trees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (tree.Candidates.Length > 0
                && FilesOf(tree, program).Read(csharp, program, anew => NoteAnew(csharp, anew), cancellation) is { } sites)
            {
                found.Add(sites);
            }
        }

        return found.ToImmutable();
    }

    private void NoteAnew(Compilation compilation, SiteCandidate site) =>
        _anew.GetValue(compilation, static _ => new ConcurrentQueue<string>()).Enqueue(SiteSlot.TitleOf(site.Node));

    private FileSites FilesOf(TreeReading tree, ProgramReading program)
    {
        var aliases = string.Join(",", program.GlobalAliases);
        if (_files.TryGetValue(tree.Tree, out var known) && known.GlobalAliases == aliases)
        {
            return known;
        }

        var names = new HashSet<string>([.. OurAttributes, .. tree.Aliases, .. program.GlobalAliases], StringComparer.Ordinal);
        var sites = tree.Candidates.Where(site => site.MayHoldCalls || site.MayKeepState || site.Attributes.Any(names.Contains));
        var files = new FileSites(tree, aliases, [.. sites.Select(site => (site, SlotOf(tree, site)))]);
        _files.Remove(tree.Tree);
        return _files.GetValue(tree.Tree, _ => files);
    }

    private SiteSlot SlotOf(TreeReading tree, SiteCandidate site)
    {
        var key = SiteSlot.KeyOf(tree, site);
        var made = new SiteSlot();
        while (true)
        {
            var reference = _slots.GetOrAdd(key, _ => new WeakReference<SiteSlot>(made));
            if (reference.TryGetTarget(out var slot))
            {
                Sweep();
                return slot;
            }

            _slots.TryUpdate(key, new WeakReference<SiteSlot>(made), reference);
        }
    }

    // What no file holds any more is gone; its key need not stay.
    private void Sweep()
    {
        if (_slots.Count < Volatile.Read(ref _sweepAt))
        {
            return;
        }

        foreach (var slot in _slots.Where(static slot => !slot.Value.TryGetTarget(out _)))
        {
            ((ICollection<KeyValuePair<Digest, WeakReference<SiteSlot>>>)_slots).Remove(slot);
        }

        Volatile.Write(ref _sweepAt, Math.Max(1024, _slots.Count * 2));
    }
}
