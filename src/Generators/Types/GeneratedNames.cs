using System.Text;
using Microsoft.CodeAnalysis;
using Weir.Generators.Reading;

namespace Weir.Generators.Types;

/// <summary>The names of generated files: one injective function of what the user declared, whatever a file system makes of it.</summary>
/// <remarks>
/// A name has a part for people, which is cut and holds plain letters alone, and a code of everything that tells declarations apart:
/// upper and lower case, overloads, the file of a <c>file</c> class. File names are compared without regard to case, so the code is
/// always there.
/// </remarks>
internal static class GeneratedNames
{
    private const int MaxReadableLength = 80;
    private const int CodeLength = 10;
    private const string CodeLetters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The name of the file that is generated for a method, without its ending.</summary>
    public static string FileOf(IMethodSymbol method) =>
        $"{Readable(PathOf(method.ContainingType) + "." + method.Name)}.{CodeOf(Identity(method))}";

    /// <summary>Letters that stand for a text: two texts have two codes.</summary>
    public static string CodeOf(string text)
    {
        // FNV-1a of 64 bits, of which 50 are shown.
        var hash = 14695981039346656037;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ unit) * 1099511628211);
        }

        // The last bytes reach the low bits only.
        hash = unchecked((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15);
        var code = new StringBuilder();
        for (var i = 0; i < CodeLength; i++)
        {
            code.Append(CodeLetters[(int)(hash >> 59)]);
            hash <<= 5;
        }

        return code.ToString();
    }

    /// <summary>A part of a name for people: letters of ASCII and digits, not too long.</summary>
    private static string Readable(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            var isPlain = letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            text.Append(isPlain || letter == '.' ? letter : '_');
            if (text.Length == MaxReadableLength)
            {
                break;
            }
        }

        if (text[0] is >= '0' and <= '9' or '.')
        {
            text.Insert(0, '_');
        }

        return text.ToString();
    }

    private static string PathOf(INamedTypeSymbol type)
    {
        var path = type.Name;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            path = outer.Name + "." + path;
        }

        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + path : path;
    }

    /// <summary>All that tells a method from others, also in code that does not compile; nothing of where the project lies.</summary>
    private static string Identity(IMethodSymbol method)
    {
        var identity = method.GetDocumentationCommentId() ?? method.ToDisplayString();
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                // Classes of one name in several files.
                BodyReads.NoteProgram();
                identity += "@" + OrdinalOf(type, type.ContainingNamespace.GetTypeMembers(type.Name, type.Arity));
            }
        }

        var same = method.ContainingType.GetMembers(method.Name)
            .Where(member => member.GetDocumentationCommentId() == method.GetDocumentationCommentId());
        return identity + "#" + OrdinalOf(method, same);
    }

    private static string OrdinalOf(ISymbol symbol, IEnumerable<ISymbol> all) =>
        all.TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, symbol)).Count()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
}
