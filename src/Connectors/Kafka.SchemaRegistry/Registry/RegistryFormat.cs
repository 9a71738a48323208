using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using Avro;
using Confluent.Kafka;
using Weir.KafkaLog.Formats;

namespace Weir.KafkaLog.Registry;

/// <summary>Values as Confluent's serdes read and write them, behind the id of their schema.</summary>
/// <remarks>
/// The serdes are asynchronous for the sake of the registry. They ask it once for each schema; the thread waits for that, and for nothing
/// else. Each thread has its own pair: they lock at each message, and a subtask shall wait for no other.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A format has no end. The serdes hold nothing but memory.")]
internal sealed class RegistryFormat<T> : IRecordFormat<T>
{
    private readonly ThreadLocal<IAsyncDeserializer<T>> _deserializer;
    private readonly ThreadLocal<IAsyncSerializer<T>> _serializer;

    // The serdes look for no headers: ids stand in front of the payload.
    private readonly SerializationContext _context;

    private RegistryFormat(
        SerializationContext context, Func<IAsyncDeserializer<T>> deserializer, Func<IAsyncSerializer<T>> serializer)
    {
        _context = context;
        _deserializer = new(deserializer);
        _serializer = new(serializer);
    }

    /// <summary>Makes a format, and a pair of serdes for this thread: they say at once what settings and types they cannot have.</summary>
    /// <param name="topic">The topic, which names the subject.</param>
    /// <param name="component">Keys or values.</param>
    /// <param name="deserializer">Makes a deserializer.</param>
    /// <param name="serializer">Makes a serializer.</param>
    public static RegistryFormat<T> Of(
        string topic,
        MessageComponentType component,
        Func<IAsyncDeserializer<T>> deserializer,
        Func<IAsyncSerializer<T>> serializer)
    {
        var format = new RegistryFormat<T>(new SerializationContext(component, topic, null), deserializer, serializer);
        _ = (format._deserializer.Value, format._serializer.Value);
        return format;
    }

    public unsafe T Read(ReadOnlySpan<byte> bytes)
    {
        Frame.Check(bytes);
        var deserializer = _deserializer.Value!;
        fixed (byte* first = bytes)
        {
            try
            {
                // The thread waits here until the serde is done with the bytes, so that they stay where they are.
                return Wait(deserializer.DeserializeAsync(BorrowedMemory.OfThread.Show(first, bytes.Length), false, _context))
                    ?? throw new FormatException("its payload is null, which is no record");
            }
            catch (Exception failure) when (Cause(failure) is { } cause)
            {
                throw cause is UnknownSchemaException ? new FormatException(cause.Message, cause) : cause;
            }
            catch (Exception damage) when (IsOfBytes(damage))
            {
                throw new FormatException(
                    $"it is no {typeof(T).Name} by its schema {Frame.SchemaId(bytes)}: {damage.Message.TrimEnd('.')}", damage);
            }
        }
    }

    public void Write(in T value, IBufferWriter<byte> output)
    {
        if (value is null)
        {
            throw new ArgumentNullException(nameof(value));
        }

        var serializer = _serializer.Value!;
        try
        {
            output.Write(Wait(serializer.SerializeAsync(value, _context)));
        }
        catch (Exception failure) when (Cause(failure) is SchemaRegistryFailedException cause && !ReferenceEquals(cause, failure))
        {
            throw cause;
        }
    }

    private static TAnswer Wait<TAnswer>(Task<TAnswer> answer) => answer.GetAwaiter().GetResult();

    // Serdes wrap what their client throws now and then.
    private static Exception? Cause(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SchemaRegistryFailedException or UnknownSchemaException)
            {
                return cause;
            }
        }

        return null;
    }

    // Named one by one: what is not known to be of the bytes, such as a rule whose key store is away, must not cost a message.
    private static bool IsOfBytes(Exception damage) => damage
        is Newtonsoft.Json.JsonException or AvroException or InvalidDataException or EndOfStreamException or SerializationException
        or OverflowException or IndexOutOfRangeException or ArgumentException or InvalidCastException or NullReferenceException
        or Confluent.SchemaRegistry.ValidationRulesFailedException or Confluent.SchemaRegistry.RuleConditionException;
}
