using System.Text.Json.Serialization.Metadata;
using Weir.KafkaLog.Formats;

namespace Weir;

/// <summary>The formats that come with Weir.</summary>
public static class RecordFormats
{
    /// <summary>Texts in UTF-8.</summary>
    public static IRecordFormat<string> Text { get; } = new TextFormat();

    /// <summary>The bytes as they are.</summary>
    public static IRecordFormat<byte[]> Bytes { get; } = new BytesFormat();

    /// <summary>Whole numbers of 32 bits, the highest byte first, as Kafka's own serializers write them.</summary>
    public static IRecordFormat<int> Int32 { get; } = new Int32Format();

    /// <summary>Whole numbers of 64 bits, the highest byte first, as Kafka's own serializers write them.</summary>
    public static IRecordFormat<long> Int64 { get; } = new Int64Format();

    /// <summary>A JSON value in UTF-8. The generator writes the reader and the writer of the type that is named at the call.</summary>
    /// <typeparam name="T">The records: named in the call, so that the generator sees which.</typeparam>
    /// <returns>The format.</returns>
    /// <exception cref="Weir.Runtime.Files.Rows.MissingRowFormatException">The generator has not seen the type.</exception>
    public static IRecordFormat<T> Json<T>() => new JsonRecordFormat<T>();

    /// <summary>JSON in UTF-8, as a <c>JsonSerializerContext</c> of System.Text.Json says.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="type">What the context knows of the type: <c>ShopJson.Default.Order</c>.</param>
    /// <returns>The format.</returns>
    public static IRecordFormat<T> Json<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new JsonTypeFormat<T>(type);
    }

    /// <summary>The bytes that Weir keeps such a value in, in checkpoints: MessagePack.</summary>
    /// <typeparam name="T">The records: need a codec.</typeparam>
    /// <returns>The format.</returns>
    public static IRecordFormat<T> MessagePack<T>() => new CodecFormat<T>(Codecs.Of<T>());

    /// <summary>What is taken where nobody names a format: texts, bytes and numbers as they are, all else as JSON.</summary>
    internal static IRecordFormat<T> DefaultOf<T>() =>
        typeof(T) == typeof(string) ? (IRecordFormat<T>)Text
        : typeof(T) == typeof(byte[]) ? (IRecordFormat<T>)Bytes
        : typeof(T) == typeof(int) ? (IRecordFormat<T>)Int32
        : typeof(T) == typeof(long) ? (IRecordFormat<T>)Int64
        : typeof(T) == typeof(int?) ? (IRecordFormat<T>)(object)new NullableFormat<int>(Int32)
        : typeof(T) == typeof(long?) ? (IRecordFormat<T>)(object)new NullableFormat<long>(Int64)
        : Json<T>();
}
