using Microsoft.CodeAnalysis;

namespace Weir.Analyzers.Summaries;

/// <summary>
/// The summary of a project that this one references in the same editor: its code is at hand, and only members that are asked for are read.
/// </summary>
internal sealed class NeighbourSummary
{
    private readonly Compilation _other;
    private readonly SummaryReader _reader;
    private readonly Dictionary<string, IReadOnlyList<MemberFinding>> _known = new(StringComparer.Ordinal);

    private NeighbourSummary(Compilation other, SummaryReader reader)
    {
        _other = other;
        _reader = reader;
    }

    /// <summary>The summary of an assembly whose code is at hand; null for any other.</summary>
    public static NeighbourSummary? Of(Compilation compilation, IAssemblySymbol assembly) =>
        compilation.GetMetadataReference(assembly) is CompilationReference { Compilation: { } other }
        && SummaryReader.Of(other, CancellationToken.None) is { } reader
            ? new(other, reader)
            : null;

    /// <summary>What there is to say of a member.</summary>
    /// <param name="id">Its documentation id.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public IReadOnlyList<MemberFinding> Find(string id, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(id, out var findings))
        {
            var member = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, _other);
            _known.Add(id, findings = member is null ? [] : _reader.Of(member, cancellation));
        }

        return findings;
    }
}
