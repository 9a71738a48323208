using System.Text.Json;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>
/// Reads and writes <typeparamref name="T"/> as a JSON object. The generator writes one for each type that a JSON-lines source or sink
/// names.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class JsonFormat<T>
{
    /// <summary>
    /// Reads one value; the reader stands on its first token, and on its last one afterwards. Unknown properties are skipped.
    /// </summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">A property is missing or holds something else; the message names it.</exception>
    public abstract T Read(ref Utf8JsonReader reader);

    /// <summary>Writes one value; property names in camel case.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The record.</param>
    public abstract void Write(Utf8JsonWriter writer, in T value);
}
