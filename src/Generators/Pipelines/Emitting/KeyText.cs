using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes how keys are hashed and compared.</summary>
internal static class KeyText
{
    private const string KeyHash = "Runtime.State.KeyHash";

    /// <summary>An expression for the hash of a key, or null if only its codec knows it.</summary>
    public static string? Hash(KeyPartModel part, string key, string seed) => part.Form switch
    {
        KeyForm.Text or KeyForm.Integer or KeyForm.Guid => $"{KeyHash}.Of({key}, {seed})",
        KeyForm.Truth => $"{KeyHash}.Of({key} ? 1L : 0L, {seed})",
        KeyForm.Bits => $"{KeyHash}.Of(unchecked((long){key}), {seed})",
        KeyForm.Ticks => $"{KeyHash}.Of({key}.Ticks, {seed})",
        KeyForm.UtcTicks => $"{KeyHash}.Of({key}.UtcTicks, {seed})",
        KeyForm.Day => $"{KeyHash}.Of({key}.DayNumber, {seed})",
        KeyForm.Tuple or KeyForm.Record => Combined([.. part.Parts.Select(inner => Hash(inner, $"{key}.{inner.Member}", seed))], seed),
        _ => null,
    };

    /// <summary>An expression for whether two keys are equal.</summary>
    public static string AreEqual(KeyPartModel part, string left, string right) => part.Form switch
    {
        KeyForm.Text or KeyForm.Truth or KeyForm.Integer or KeyForm.Bits => $"{left} == {right}",
        KeyForm.Tuple => string.Join(
            " && ", part.Parts.Select(inner => AreEqual(inner, $"{left}.{inner.Member}", $"{right}.{inner.Member}"))),
        _ => $"global::System.Collections.Generic.EqualityComparer<{part.Type}>.Default.Equals({left}, {right})",
    };

    private static string? Combined(string?[] parts, string seed) => parts.Length == 0 || parts.Contains(null)
        ? null
        : parts.Aggregate("0UL", (hash, part) => $"{KeyHash}.Combine({hash}, {part}, {seed})");
}
