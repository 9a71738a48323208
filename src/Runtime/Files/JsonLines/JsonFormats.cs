using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>
/// The JSON row formats of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.
/// </summary>
public static class JsonFormats
{
    /// <summary>Makes a format known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="format">The format.</param>
    public static void Register<T>(JsonFormat<T> format) => Slot<T>.Format = format;

    /// <summary>The JSON format of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The format.</returns>
    /// <exception cref="MissingRowFormatException">There is none.</exception>
    public static JsonFormat<T> Of<T>() => Slot<T>.Format ?? throw MissingRowFormatException.Of<T>("JSON");

    private static class Slot<T>
    {
        public static JsonFormat<T>? Format;
    }
}
