namespace Weir.Runtime.Rows;

/// <summary>The row formats of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.</summary>
public static class RowFormats
{
    /// <summary>Makes a CSV format known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="format">The format.</param>
    public static void Register<T>(CsvFormat<T> format) => Slot<T>.Csv = format;

    /// <summary>Makes a JSON format known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="format">The format.</param>
    public static void Register<T>(JsonFormat<T> format) => Slot<T>.Json = format;

    /// <summary>The CSV format of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The format.</returns>
    /// <exception cref="MissingRowFormatException">There is none.</exception>
    public static CsvFormat<T> Csv<T>() => Slot<T>.Csv ?? throw Missing<T>("CSV");

    /// <summary>The JSON format of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The format.</returns>
    /// <exception cref="MissingRowFormatException">There is none.</exception>
    public static JsonFormat<T> Json<T>() => Slot<T>.Json ?? throw Missing<T>("JSON");

    private static MissingRowFormatException Missing<T>(string kind) => new(
        $"There is no {kind} format for {typeof(T)}. The generator writes one where Csv.Read<T>, JsonLines.Read<T>, Files.Csv<T> or Files.JsonLines<T> " +
        "is called with a concrete type whose members it can read: see the build's WEIR0 diagnostics.");

    private static class Slot<T>
    {
        public static CsvFormat<T>? Csv;
        public static JsonFormat<T>? Json;
    }
}
