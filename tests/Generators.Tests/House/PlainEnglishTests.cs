using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>Sentences of pages begin with their subject.</summary>
public sealed partial class PlainEnglishTests
{
    /// <summary>A sentence that begins with such a word holds its subject back, and often its verb too. Headings are nouns.</summary>
    [Fact]
    public void No_sentence_of_a_page_begins_with_what_or_whether() => Offenders.None(
        from page in Repository.Pages()
        from line in Markdown.ProseOf(page)
        from Match opening in Opening().Matches(line.Text)
        where opening.Index > 0 || line.BeginsSentence
        select $"{Repository.NameOf(page)}:{line.Number} opens with '{opening.Value.TrimStart('.', ':', '#', '-', '*', ' ')}'");

    [GeneratedRegex(@"(?:^[#\-* ]*|[.:] )(?:What|Whatever|Whether)\b")]
    private static partial Regex Opening();
}
