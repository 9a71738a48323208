using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Files of the same text. An interceptor names a call by the text of its file and a position, and the compiler refuses one that could mean
/// two calls (CS9233).
/// </summary>
internal static class Twins
{
    /// <summary>Why calls of a file cannot be intercepted, if it has a twin.</summary>
    public static readonly Refusal Refusal = new(
        "another file of the project has the same text, and the compiler could not tell their calls apart",
        "change one of the two files, if only by a comment");

    /// <summary>Whether another file of the program has the same text.</summary>
    public static bool Has(SyntaxTree tree, Compilation compilation) => compilation.SyntaxTrees.Any(other =>
        other != tree && other.Length == tree.Length && other.GetText().ContentEquals(tree.GetText()));
}
