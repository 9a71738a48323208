namespace Weir.Runtime.Files.Rows;

/// <summary>A source or sink needs a row format that the generator has not written.</summary>
/// <param name="message">Which, and why it may be missing.</param>
public sealed class MissingRowFormatException(string message) : InvalidOperationException(message), IPermanentFailure
{
    internal static MissingRowFormatException Of<T>(string kind) => new(
        $"There is no {kind} format for {typeof(T)}. The generator writes one where Csv.Read<T>, JsonLines.Read<T>, Files.Csv<T>, "
            + "Files.JsonLines<T>, or Kafka.Read<T>, Kafka.Write<T> or RecordFormats.Json<T> is called with a concrete type, in a C# "
            + "project that references the package (from another language, call a pipeline of such a project). Its members must be "
            + "numbers, texts, truth values, times, Guids or enums"
            + $"{(kind == "JSON" ? ", or lists and records of those" : ", each one value")}.");
}
