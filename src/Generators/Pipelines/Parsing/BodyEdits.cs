using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What must be written otherwise in a body, and where.</summary>
internal sealed class BodyEdits
{
    private readonly List<(TextSpan Span, BodyPartModel? Part)> _edits = [];
    private readonly HashSet<SyntaxNode> _done = [];

    /// <summary>Whether nothing in a node is to be looked at any more. Nodes are asked about in order, parents first.</summary>
    public bool IsDone(SyntaxNode node)
    {
        if (node.Parent is { } parent && _done.Contains(parent))
        {
            _done.Add(node);
        }

        return _done.Contains(node);
    }

    /// <summary>Puts a part in place of a node as a whole.</summary>
    public void Replace(SyntaxNode node, BodyPartModel part)
    {
        _done.Add(node);
        Replace(node.Span, part);
    }

    public void Replace(TextSpan span, BodyPartModel part) => _edits.Add((span, part));

    /// <summary>Leaves out a node.</summary>
    public void Remove(SyntaxNode node)
    {
        _done.Add(node);
        Remove(node.Span);
    }

    public void Remove(TextSpan span) => _edits.Add((span, null));

    public void Insert(int position, BodyPartModel part) => Replace(new TextSpan(position, 0), part);

    /// <summary>The body in parts.</summary>
    public IEnumerable<BodyPartModel> Parts(SyntaxNode body)
    {
        var source = body.SyntaxTree.GetText();
        var position = body.SpanStart;

        // Where two edits begin at one place, the insertion comes first; the order of discovery decides between insertions.
        foreach (var (span, part) in _edits.OrderBy(static edit => edit.Span.Start).ThenBy(static edit => edit.Span.End))
        {
            if (span.Start > position)
            {
                yield return Own(TextSpan.FromBounds(position, span.Start));
            }

            if (part is not null)
            {
                yield return part;
            }

            position = span.End;
        }

        if (body.Span.End > position)
        {
            yield return Own(TextSpan.FromBounds(position, body.Span.End));
        }

        // Literals with line breaks are parts of their own: what is left holds none that mean anything.
        OwnTextModel Own(TextSpan span) => new() { Text = source.ToString(span).Replace("\r\n", "\n") };
    }
}
