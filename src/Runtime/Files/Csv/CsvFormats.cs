using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>
/// The CSV row formats of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.
/// </summary>
public static class CsvFormats
{
    /// <summary>Makes a format known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="format">The format.</param>
    public static void Register<T>(CsvFormat<T> format) => Slot<T>.Format = format;

    /// <summary>The CSV format of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The format.</returns>
    /// <exception cref="MissingRowFormatException">There is none.</exception>
    public static CsvFormat<T> Of<T>() => Slot<T>.Format ?? throw MissingRowFormatException.Of<T>("CSV");

    private static class Slot<T>
    {
        public static CsvFormat<T>? Format;
    }
}
