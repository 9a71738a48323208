using System.Buffers;

namespace Weir.Runtime.Files.Writing;

/// <summary>Writes records as lines of a file.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class RowEncoder<T> : IDisposable
{
    /// <summary>Gets what the names of the files end with.</summary>
    public abstract string Extension { get; }

    /// <summary>Writes what stands at the beginning of each file.</summary>
    public virtual void WriteHeader(ArrayBufferWriter<byte> output)
    {
    }

    /// <summary>Writes records until there are no more or the output holds enough.</summary>
    /// <param name="values">The records.</param>
    /// <param name="output">Where to.</param>
    /// <param name="enough">How many bytes are enough.</param>
    /// <returns>How many records were written.</returns>
    public abstract int Write(ReadOnlySpan<T> values, ArrayBufferWriter<byte> output, int enough);

    public abstract void Dispose();
}
