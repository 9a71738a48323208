using System.Text.Json;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>A single value as JSON where it has no property of its own: an item of a list, or a whole line.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="read">Reads it; an error calls it by the name given.</param>
/// <param name="write">Writes it.</param>
public sealed class JsonScalarFormat<T>(JsonScalarFormat<T>.Reader read, Action<Utf8JsonWriter, T> write) : JsonFormat<T>
{
    /// <summary>Reads a value.</summary>
    public delegate T Reader(ref Utf8JsonReader reader, string property);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader) => read(ref reader, "item");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, in T value) => write(writer, value);
}
