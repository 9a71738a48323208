namespace Weir.Wire;

/// <summary>What codecs write beyond what MessagePack's writer offers.</summary>
public static class WireWriting
{
    /// <summary>Writes bytes that may lie on the stack, which the writer's own method does not take.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The bytes; copied.</param>
    public static void WriteBinary(this ref MessagePackWriter writer, scoped ReadOnlySpan<byte> value)
    {
        writer.WriteBinHeader(value.Length);
        value.CopyTo(writer.GetSpan(value.Length));
        writer.Advance(value.Length);
    }
}
