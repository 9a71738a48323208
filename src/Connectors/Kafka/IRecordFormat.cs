using System.Buffers;

namespace Weir;

/// <summary>Reads and writes the bytes of keys or values. Stateless, or safe for several threads at once.</summary>
/// <typeparam name="T">What the bytes stand for.</typeparam>
public interface IRecordFormat<T>
{
    /// <summary>Reads a value of all bytes.</summary>
    /// <param name="bytes">The bytes: valid during the call.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">They are none; the text says why, as part of a sentence.</exception>
    T Read(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="output">Where to.</param>
    void Write(in T value, IBufferWriter<byte> output);
}
