using System.Globalization;

namespace Weir.Databases;

/// <summary>A row on its way: to be put in, or to be taken out.</summary>
/// <param name="Number">Which one of its batch: of several with one key, the last counts.</param>
/// <param name="IsGone">Whether it is to be taken out.</param>
/// <param name="Record">The record.</param>
internal readonly record struct UpsertRow<T>(int Number, bool IsGone, T Record)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Record is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : Record?.ToString()) ?? "null";
}
