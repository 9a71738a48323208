using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Generators.Types;

/// <summary>Names that may stand in C# text.</summary>
internal static class CSharpNames
{
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name
            : "@" + name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(char letter) => SymbolDisplay.FormatLiteral(letter, quote: true);

    /// <summary>An identifier made of any type's name: <c>Shop.Pair&lt;int&gt;</c> gives <c>Shop_Pair_int</c>.</summary>
    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name.Replace("global::", string.Empty))
        {
            if (SyntaxFacts.IsIdentifierPartCharacter(letter))
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
