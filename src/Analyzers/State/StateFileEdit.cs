using System.Text;
using Weir.Generators.State;

namespace Weir.Analyzers.State;

/// <summary>
/// Changes entries in the text of a baseline: the entries that do not change keep each byte, and new ones stand in order.
/// </summary>
internal static class StateFileEdit
{
    /// <summary>The text with changed entries.</summary>
    /// <param name="text">The baseline.</param>
    /// <param name="section">The part of it.</param>
    /// <param name="changes">The members of each entry that is new or other; null for one that is gone.</param>
    public static string Apply(string text, string section, IReadOnlyDictionary<string, IReadOnlyList<StateMemberModel>?> changes)
    {
        var layout = StateFileReader.LayoutOf(text, section);
        if (layout is null)
        {
            var end = text.LastIndexOf('}');
            var before = text.Substring(0, end).TrimEnd();
            var newLine = text.Contains("\r\n") ? "\r\n" : "\n";
            var comma = before.EndsWith("{", StringComparison.Ordinal) ? "" : ",";
            text = $"{before}{comma}{newLine}  {StateFileText.Quoted(section)}: {{}}{newLine}{text.Substring(end)}";
            layout = StateFileReader.LayoutOf(text, section)!;
        }

        var entries = layout.Entries
            .Where(entry => !changes.TryGetValue(entry.Name, out var change) || change is not null)
            .Select(entry => (entry.Name, Text: text.Substring(entry.Start, entry.End - entry.Start)))
            .ToList();
        var form = EntryForm.Of(text, layout);
        foreach (var change in changes.OrderBy(static change => change.Key, StringComparer.Ordinal))
        {
            if (change.Value is not { } members)
            {
                continue;
            }

            var written = form.Write(change.Key, members);
            var at = entries.FindIndex(entry => entry.Name == change.Key);
            if (at >= 0)
            {
                entries[at] = (change.Key, written);
                continue;
            }

            var next = entries.FindIndex(entry => string.CompareOrdinal(entry.Name, change.Key) > 0);
            entries.Insert(next < 0 ? entries.Count : next, (change.Key, written));
        }

        return text.Substring(0, layout.Open + 1)
            + (entries.Count == 0 ? "" : form.Lead + string.Join("," + form.Lead, entries.Select(static entry => entry.Text)) + form.Tail)
            + text.Substring(layout.Close);
    }

    // How the entries of a section are set: as those that are there, or as the build writes them.
    private sealed record EntryForm(string Lead, string Tail, string Unit)
    {
        public static EntryForm Of(string text, StateSectionLayout layout)
        {
            if (layout.Entries.Count == 0)
            {
                var newLine = text.Contains("\r\n") ? "\r\n" : "\n";
                return new EntryForm(newLine + "    ", newLine + "  ", "  ");
            }

            var lead = text.Substring(layout.Open + 1, layout.Entries[0].Start - layout.Open - 1);
            var end = layout.Entries[layout.Entries.Count - 1].End;
            var indent = lead.Substring(lead.LastIndexOf('\n') + 1);
            return new EntryForm(lead, text.Substring(end, layout.Close - end), indent.Substring(0, indent.Length / 2));
        }

        public string Write(string name, IReadOnlyList<StateMemberModel> members)
        {
            var isOneLine = Lead.IndexOf('\n') < 0;
            var written = new StringBuilder($"{StateFileText.Quoted(name)}: {{");
            for (var i = 0; i < members.Count; i++)
            {
                written.Append(i == 0 ? "" : isOneLine ? ", " : ",").Append(isOneLine ? "" : Lead + Unit)
                    .Append($"{StateFileText.Quoted(members[i].Name)}: {StateFileText.Quoted(members[i].Type)}");
            }

            return written.Append(isOneLine || members.Count == 0 ? "" : Lead).Append('}').ToString();
        }
    }
}
