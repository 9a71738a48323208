using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>
/// Where a parser says that it looks into code outside the declaration that it was given. What a parser finds is kept as long as the
/// declarations of the program and the bodies noted here are the same (ADR 0024).
/// </summary>
/// <remarks>
/// Binding names, and going from symbol to symbol, needs no note: declarations are watched anyway. A note is needed before the
/// <em>body</em> of another member is read, and where a parser looks for types that no text names. A model holds no line or position of
/// anything but its own declaration and of what was noted: blank lines elsewhere do not count as a change.
/// </remarks>
internal sealed class BodyReads : IDisposable
{
    // A parser runs to its end on one thread. Handed from hand to hand, this would be a parameter of every function that reads a body.
    [ThreadStatic]
    private static BodyReads? _current;

    private readonly HashSet<BodyReadModel> _reads = [];

    private BodyReads()
    {
    }

    /// <summary>Gets the bodies that were read.</summary>
    public IReadOnlyCollection<BodyReadModel> All => _reads;

    /// <summary>Gets a value indicating whether the result hangs on every declaration of the program.</summary>
    public bool OfProgram { get; private set; }

    /// <summary>Begins to take notes of what this thread reads, until disposed.</summary>
    public static BodyReads Begin() => _current = new BodyReads();

    /// <summary>
    /// Says that the body of a declaration is read: of a method, a property, an accessor, a field's initializer, a constructor. Outside the
    /// generators it does nothing.
    /// </summary>
    /// <param name="declaration">The declaration, or any node in it.</param>
    public static void Note(SyntaxNode declaration) => _current?._reads.Add(ReadOf(declaration));

    /// <summary>The same, and returns the declaration.</summary>
    public static TNode Noted<TNode>(TNode declaration)
        where TNode : SyntaxNode
    {
        Note(declaration);
        return declaration;
    }

    /// <summary>
    /// Says that types are looked for which no text names: all those of a namespace, all that derive from one, one by a composed name.
    /// </summary>
    public static void NoteProgram()
    {
        if (_current is { } reads)
        {
            reads.OfProgram = true;
        }
    }

    public void Dispose() => _current = null;

    /// <summary>The member that a node is part of.</summary>
    public static BodyReadModel ReadOf(SyntaxNode node) => new()
    {
        Path = node.SyntaxTree.FilePath is { Length: > 0 } path ? path : null,
        Text = Members.DigestOf(Members.Of(node)).ToString(),
    };
}
