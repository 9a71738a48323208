using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Weir.Generators.Reading;

/// <summary>128 bits that stand for a text: two texts that differ have two digests, as surely as SHA-256 can say.</summary>
/// <param name="First">The first half.</param>
/// <param name="Second">The second half.</param>
internal readonly record struct Digest(long First, long Second)
{
    [ThreadStatic]
    private static SHA256? _hash;

    public static Digest Of(string text)
    {
        _hash ??= SHA256.Create();
        var bytes = _hash.ComputeHash(MemoryMarshal.AsBytes(text.AsSpan()).ToArray());
        return new Digest(BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, 8));
    }

    public override string ToString() => $"{First:x16}{Second:x16}";
}
