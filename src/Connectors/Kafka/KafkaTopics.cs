using System.Text.RegularExpressions;

namespace Weir;

/// <summary>
/// Which topics are read: one, those of a list, which must be there, or those whose names match a pattern, now or later. A text is one, an
/// array of texts a list, a <see cref="Regex"/> a pattern.
/// </summary>
public sealed class KafkaTopics
{
    private readonly string[] _names;
    private readonly Regex? _pattern;

    private KafkaTopics(string[] names, Regex? pattern)
    {
        _names = names;
        _pattern = pattern;
    }

    internal IReadOnlyList<string> Names => _names;

    internal Regex? Pattern => _pattern;

    /// <summary>One topic.</summary>
    /// <param name="topic">Its name.</param>
    public static implicit operator KafkaTopics(string topic) => Of(topic);

    /// <summary>Several topics.</summary>
    /// <param name="topics">Their names.</param>
    public static implicit operator KafkaTopics(string[] topics) => Of(topics);

    /// <summary>Topics that a pattern matches.</summary>
    /// <param name="pattern">The pattern.</param>
    public static implicit operator KafkaTopics(Regex pattern) => Matching(pattern);

    /// <summary>Topics that must be there.</summary>
    /// <param name="topics">Their names; what comes twice counts once.</param>
    /// <returns>The topics.</returns>
    /// <exception cref="ArgumentException">There is none, or one has no name.</exception>
    public static KafkaTopics Of(params string[] topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentOutOfRangeException.ThrowIfZero(topics.Length, nameof(topics));
        foreach (var topic in topics)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(topic, nameof(topics));
        }

        return new([.. topics.Distinct(StringComparer.Ordinal)], null);
    }

    /// <summary>Topics that a pattern matches, also such as are made later. Internal ones (<c>__…</c>) are left out.</summary>
    /// <param name="pattern">The pattern: anchor it with <c>^</c> and <c>$</c> if it is to match whole names.</param>
    /// <returns>The topics.</returns>
    public static KafkaTopics Matching(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new([], pattern);
    }

    /// <inheritdoc/>
    public override string ToString() => _pattern is not null ? $"topics that match '{_pattern}'"
        : _names.Length == 1 ? $"topic '{_names[0]}'"
        : $"topics {string.Join(", ", _names.Select(name => $"'{name}'"))}";

    internal bool Contains(string topic) => _pattern?.IsMatch(topic) ?? _names.Contains(topic);
}
