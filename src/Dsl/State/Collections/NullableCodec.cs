namespace Weir.Wire;

/// <summary>Values that may be missing; then nil.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override Schema Schema => new("nullable", [new("value", Codecs.Of<T>().Schema)]) { Kind = SchemaKind.Nullable };

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, in T? value)
    {
        if (value is { } present)
        {
            Codecs.Of<T>().Write(ref writer, present);
        }
        else
        {
            writer.WriteNil();
        }
    }

    /// <inheritdoc/>
    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Codecs.Of<T>().Read(ref reader);

    /// <inheritdoc/>
    public override uint StableHash(in T? value) => value is { } present ? Codecs.Of<T>().StableHash(present) : 0;
}
