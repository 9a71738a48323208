using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weir.Runtime.Tests.Golden;

/// <summary>Records of a step as text that can be compared: in order where order matters, the watermark or status last.</summary>
internal static class GoldenText
{
    /// <summary>A step that fails; which way is not compared.</summary>
    public const string Error = "[\"error\"]";

    /// <summary>The text of what was expected.</summary>
    /// <param name="test">The case.</param>
    /// <param name="step">The index of the step.</param>
    /// <returns>The text.</returns>
    public static string Expected(GoldenCase test, int step) => Of(test, test.Output(step));

    /// <summary>The text of what came.</summary>
    /// <param name="test">The case.</param>
    /// <param name="records">The records as JSON.</param>
    /// <returns>The text.</returns>
    public static string Came(GoldenCase test, IEnumerable<string> records) => Of(test, records.Select(record =>
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.Clone();
    }));

    // Results that come in no particular order are numbered in that order: their numbers are compared by themselves.
    private static IEnumerable<string> Unnumbered(List<string> lines)
    {
        var numbers = new List<string>();
        foreach (var line in lines)
        {
            yield return Numbered.Replace(line, number =>
            {
                numbers.Add(number.Groups[1].Value);
                return "key_fires:*";
            });
        }

        if (numbers.Count > 0)
        {
            yield return $"key_fires {string.Join(',', numbers.Order(StringComparer.Ordinal))}";
        }
    }

    private static Regex Numbered { get; } = new("key_fires:([0-9]+)");

    // A multiset, and then what ends the step. Marks in the middle stay where they are: they are wrong, and should be seen.
    private static string Of(GoldenCase test, IEnumerable<JsonElement> records)
    {
        var lines = new List<string>();
        var first = 0;
        foreach (var record in records)
        {
            var kind = record[0].GetString();
            if (kind is "wm" or "idle" or "active")
            {
                var before = Unnumbered(lines[first..]).Order(StringComparer.Ordinal).ToList();
                lines.RemoveRange(first, lines.Count - first);
                lines.AddRange(before);
                lines.Add(record.GetRawText().Replace(" ", "", StringComparison.Ordinal));
                first = lines.Count;
            }
            else
            {
                lines.Add(kind == "error" ? Error : Text(record, test.HasFreeLists, depth: 0));
            }
        }

        return string.Join(' ', lines[..first].Concat(Unnumbered(lines[first..]).Order(StringComparer.Ordinal)));
    }

    private static string Text(JsonElement element, bool freeLists, int depth) => element.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', Items(element, freeLists, depth))}]",
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}:{Text(member.Value, freeLists, depth + 1)}"))}}}",
        _ => element.GetRawText(),
    };

    private static IEnumerable<string> Items(JsonElement array, bool freeLists, int depth)
    {
        var items = array.EnumerateArray().Select(item => Text(item, freeLists, depth + 1));
        return freeLists && depth > 0 ? items.Order(StringComparer.Ordinal) : items;
    }
}
