using System.Text.RegularExpressions;

namespace Weir.KafkaLog.Reading;

/// <summary>Which topics are read: those of a list, which must be there, or those that a pattern matches, now or later.</summary>
/// <param name="Names">The list; empty for a pattern.</param>
/// <param name="Pattern">The pattern; null for a list.</param>
internal sealed record KafkaTopics(IReadOnlyList<string> Names, Regex? Pattern)
{
    public bool Contains(string topic) => Pattern?.IsMatch(topic) ?? Names.Contains(topic);

    /// <inheritdoc/>
    public override string ToString() => Pattern is null
        ? Names.Count == 1 ? $"topic '{Names[0]}'" : $"topics {string.Join(", ", Names.Select(name => $"'{name}'"))}"
        : $"topics that match '{Pattern}'";
}
