using System.Globalization;

namespace Weir.Wire;

/// <summary>The number of a name in the schema of an enum.</summary>
internal static class EnumNumbers
{
    /// <summary>Reads it; those above the greatest long as the long of the same bits.</summary>
    public static long Parse(SchemaMember name) =>
        long.TryParse(name.Schema.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : ulong.TryParse(name.Schema.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var large) ? unchecked((long)large)
        : throw new InvalidDataException($"'{name.Schema.Name}' is no number of '{name.Name}'.");
}
