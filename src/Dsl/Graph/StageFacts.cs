using System.Globalization;

namespace Weir.Graph;

/// <summary>What a stage says of itself in words, for people: collects it.</summary>
/// <param name="isCompiled">Whether generated code runs the stage.</param>
internal sealed class StageFacts(bool isCompiled)
{
    private readonly List<StageFact> _all = [];

    /// <summary>Gets all of it, in the order in which it was said.</summary>
    public IReadOnlyList<StageFact> All => _all;

    /// <summary>Says something.</summary>
    /// <param name="subject">What it is about, in a word or two.</param>
    /// <param name="text">What is so.</param>
    public void Add(string subject, string text) => _all.Add(new StageFact(subject, text));

    /// <summary>Says what is kept for each key.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="what">What is kept.</param>
    public void AddKeyed<TKey>(string what) => Add("state", $"for each {FormOf<TKey>()}: {what}");

    /// <summary>Says how a stage cuts a stream into windows, and what becomes of late records.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="windows">The windows.</param>
    public void AddWindows<T>(WindowSpec<T> windows)
    {
        var (kind, form) = (Worded($"{windows.Kind}"), windows.Form.ToString().ToLowerInvariant());
        Add("windows", kind == form ? kind : $"{kind}, kept in the form {form}");
        if (windows.Trigger is { } trigger)
        {
            Add("trigger", NameOf(trigger));
        }

        if (windows.Evictor is { } evictor)
        {
            Add("evictor", $"{NameOf(evictor)}, {windows.EvictWhen.ToString().ToLowerInvariant()} the function");
        }

        if (windows.AllowedLateness > 0)
        {
            Add("allowed lateness", Span(windows.AllowedLateness));
        }

        if (windows.Results != WindowResults.Accumulating)
        {
            Add("results", windows.Results.ToString().ToLowerInvariant());
        }

        if (windows.NeedsEventTime)
        {
            Add("late records", windows.Late is { } late ? $"go to '{late}'" : "dropped and counted");
        }
    }

    /// <summary>Says what a window keeps of its records while an aggregate by LINQ waits.</summary>
    /// <typeparam name="T">The records.</typeparam>
    public string Group<T>() => isCompiled ? "a generated accumulator a window" : $"the records of each open window, {FormOf<T>()}";

    /// <summary>How values of a type are stored; that they cannot be, if they cannot.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static string FormOf<T>() => Codecs.Find<T>() is { } codec ? $"{codec.Schema}" : $"{TypeText.Of(typeof(T))} (it has no codec)";

    // What has no words of its own has the name of its type.
    private static string NameOf(object one) =>
        one.ToString() is { Length: > 0 } words && words != one.GetType().ToString() ? words : TypeText.Of(one.GetType());

    /// <summary>What windows say of themselves, which checkpoints keep, with its lengths in words.</summary>
    /// <param name="text">The text, with lengths in microseconds: <c>tumbling of 3600000000 us, offset 0 us</c>.</param>
    /// <returns>The same in words: <c>tumbling of 1 h</c>.</returns>
    public static string Worded(string text)
    {
        var words = text.Replace(", offset 0 us", "", StringComparison.Ordinal).Split(' ').ToList();
        for (var i = words.Count - 1; i > 0; i--)
        {
            var unit = words[i].TrimEnd(',', ';', '.', ')');
            if (unit == "us" && long.TryParse(words[i - 1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length))
            {
                words[i - 1] = $"{Span(length)}{words[i][unit.Length..]}";
                words.RemoveAt(i);
            }
        }

        return string.Join(' ', words);
    }

    /// <summary>A time in words: <c>5 min</c>.</summary>
    /// <param name="microseconds">The time in microseconds.</param>
    public static string Span(long microseconds)
    {
        var time = TimeSpan.FromMicroseconds(microseconds);
        var (count, unit) = time.Ticks == 0 ? (0, "s")
            : time.Ticks % TimeSpan.TicksPerDay == 0 ? (time.TotalDays, "d")
            : time.Ticks % TimeSpan.TicksPerHour == 0 ? (time.TotalHours, "h")
            : time.Ticks % TimeSpan.TicksPerMinute == 0 ? (time.TotalMinutes, "min")
            : time.Ticks % TimeSpan.TicksPerSecond == 0 ? (time.TotalSeconds, "s")
            : time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? (time.TotalMilliseconds, "ms")
            : (time.TotalMicroseconds, "µs");
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
    }
}
