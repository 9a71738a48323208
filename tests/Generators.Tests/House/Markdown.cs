using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>What the tests need to know of a page: its links, its headings, and the code that it quotes.</summary>
internal static partial class Markdown
{
    /// <summary>The targets of links, with the lines that they stand in; not those within code.</summary>
    public static IEnumerable<(int Line, string Target)> LinksOf(string page) =>
        from line in ProseOf(page)
        from Match link in Link().Matches(Code().Replace(line.Text, ""))
        select (line.Number, link.Groups[1].Value);

    /// <summary>What a link behind <c>#</c> may say: the headings, in small letters, blanks as hyphens.</summary>
    public static IEnumerable<string> AnchorsOf(string page) =>
        from line in ProseOf(page)
        where line.Text.StartsWith('#')
        select NoAnchor().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>The blocks below a comment <c>&lt;!-- quoted from path --&gt;</c>: which file they quote, and the lines.</summary>
    public static IEnumerable<(string File, List<string> Lines)> QuotesOf(string page)
    {
        var lines = File.ReadAllLines(page);
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (Quote().Match(lines[i]) is { Success: true } quote)
            {
                var code = lines.Skip(i + 2).TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal));
                yield return (quote.Groups[1].Value, [.. code]);
            }
        }
    }

    /// <summary>The lines outside blocks of code, each with whether a sentence begins in front of it.</summary>
    public static IEnumerable<(int Number, string Text, bool BeginsSentence)> ProseOf(string page)
    {
        var isCode = false;
        var before = "";
        foreach (var (index, line) in File.ReadLines(page).Index())
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                var begins = before.Length == 0 || before[^1] is '.' or ':' || !char.IsLetterOrDigit(line.FirstOrDefault('#'));
                yield return (index + 1, line, begins);
            }

            before = line.TrimEnd();
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^<!-- quoted from (.+) -->$")]
    private static partial Regex Quote();
}
