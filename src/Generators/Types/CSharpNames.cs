using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Generators.Types;

/// <summary>Names that may stand in C# text.</summary>
internal static class CSharpNames
{
    private const int MaxLength = 150;

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name
            : "@" + name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(char letter) => SymbolDisplay.FormatLiteral(letter, quote: true);

    /// <summary>
    /// An identifier made of any type's name: <c>Shop.Pair&lt;int&gt;</c> gives <c>Shop_Pair_int</c>. A long name ends in its code: the
    /// names of types have a limit, too.
    /// </summary>
    public static string Identifier(string name)
    {
        var whole = Whole(name);
        return whole.Length <= MaxLength ? whole : $"{whole.Substring(0, MaxLength)}_{GeneratedNames.CodeOf(name)}";
    }

    private static string Whole(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name.Replace("global::", string.Empty))
        {
            if (char.IsLetterOrDigit(letter) || letter == '_')
            {
                text.Append(letter);
            }
            else if (letter == '?')
            {
                text.Append("Nullable");
            }
            else if (text.Length > 0 && text[text.Length - 1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString().TrimEnd('_');
    }
}
