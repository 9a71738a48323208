namespace Weir.Runtime.State.Handles;

/// <summary>A value that expires, and when it was updated last.</summary>
/// <param name="time">The processing time of the last update, in microseconds since the Unix epoch.</param>
/// <param name="value">The value.</param>
internal struct Aged<T>(long time, T value)
{
    /// <summary>The processing time of the last update, in microseconds since the Unix epoch.</summary>
    public long Time = time;

    /// <summary>The value.</summary>
    public T Value = value;
}

/// <summary>
/// Writes the time first, so that whoever reads only that (a compaction of files) need not know the value. Nil stands for a time that is
/// not known, of what was written before it could expire: it counts from where it is read.
/// </summary>
/// <param name="values">Writes the values.</param>
/// <param name="now">The processing time.</param>
internal sealed class AgedCodec<T>(Codec<T> values, Func<long> now) : Codec<Aged<T>>
{
    public override Schema Schema =>
        new("aged", [new SchemaMember("time", Codecs.Of<long>().Schema), new SchemaMember("value", values.Schema)])
        {
            Kind = SchemaKind.Aged,
        };

    public override void Write(ref MessagePackWriter writer, in Aged<T> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Time);
        values.Write(ref writer, value.Value);
    }

    public override Aged<T> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        var time = reader.TryReadNil() ? now() : reader.ReadInt64();
        return new(time, values.Read(ref reader));
    }
}
