using System.Buffers;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>
/// Writes and reads <typeparamref name="T"/> as MessagePack. The generator writes one for each type that crosses an exchange or enters
/// state.
/// </summary>
/// <remarks>
/// The bytes of a value depend on the value alone, never on the process, so that they may be hashed and compared. Stateless and
/// thread-safe.
/// </remarks>
/// <typeparam name="T">The type.</typeparam>
public abstract class Codec<T>
{
    /// <summary>Gets the wire form: names, types and order of the members.</summary>
    public abstract Schema Schema { get; }

    /// <summary>Appends a value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ref MessagePackWriter writer, in T value);

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where from; stands behind the value afterwards.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidDataException">The bytes are not of this type; see also <see cref="Wire.WireDamage"/>.</exception>
    public abstract T Read(ref MessagePackReader reader);

    /// <summary>A hash that is the same in every process and version: key groups are made of it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The hash; by default that of the value's bytes.</returns>
    public virtual uint StableHash(in T value) => Weir.StableHash.Of(Encoded(value));

    /// <summary>
    /// Roughly how many bytes of memory a value takes: what waits in channels is bounded by it. Called for each record, so it should be
    /// quick.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>
    /// The bytes. By default those of the value itself if it holds no references, else those that <see cref="Write"/> appends; a codec
    /// written by hand that knows better without writing overrides it.
    /// </returns>
    public virtual long SizeOf(in T value)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return Unsafe.SizeOf<T>();
        }

        return Encoded(value).Length;
    }

    private ReadOnlySpan<byte> Encoded(in T value)
    {
        var buffer = _scratch ??= new ArrayBufferWriter<byte>(256);
        buffer.ResetWrittenCount();
        EncodeTo(buffer, value);
        return buffer.WrittenSpan;
    }

    /// <summary>The bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlyMemory<byte> Encode(in T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EncodeTo(buffer, value);
        return buffer.WrittenMemory;
    }

    /// <summary>The value that <see cref="Encode"/> made bytes of.</summary>
    /// <param name="bytes">The bytes of one value; what follows it is not looked at.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another type.</exception>
    public T Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new MessagePackReader(bytes);
            return Read(ref reader);
        }
        catch (Exception damage) when (damage is not (InvalidDataException or IPermanentFailure or OutOfMemoryException))
        {
            // Also what constructors and comparers of users say of values that nobody wrote.
            throw new InvalidDataException($"Not the bytes of a {Schema.Name}: {damage.Message}", damage);
        }
    }

    private void EncodeTo(IBufferWriter<byte> buffer, in T value)
    {
        var writer = new MessagePackWriter(buffer);
        Write(ref writer, value);
        writer.Flush();
    }

    // One a thread: keys are hashed on the hot side of an exchange, which must not allocate.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;
}
