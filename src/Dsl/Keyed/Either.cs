using Weir.Wire;

namespace Weir;

/// <summary>A record of one of two streams that have become one.</summary>
/// <param name="IsLeft">Whether it is of the first.</param>
/// <param name="Left">The record of the first.</param>
/// <param name="Right">The record of the second.</param>
internal readonly record struct Either<TLeft, TRight>(bool IsLeft, TLeft Left, TRight Right);

/// <summary>Writes which stream a record is of, and the record.</summary>
internal sealed class EitherCodec<TLeft, TRight> : Codec<Either<TLeft, TRight>>
{
    public override Schema Schema =>
        new("either", [new SchemaMember("left", Codecs.Of<TLeft>().Schema), new SchemaMember("right", Codecs.Of<TRight>().Schema)]);

    public override void Write(ref MessagePackWriter writer, in Either<TLeft, TRight> value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.IsLeft);
        if (value.IsLeft)
        {
            Codecs.Of<TLeft>().Write(ref writer, value.Left);
        }
        else
        {
            Codecs.Of<TRight>().Write(ref writer, value.Right);
        }
    }

    public override Either<TLeft, TRight> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return reader.ReadBoolean()
            ? new(true, Codecs.Of<TLeft>().Read(ref reader), default!)
            : new(false, default!, Codecs.Of<TRight>().Read(ref reader));
    }

    public override long SizeOf(in Either<TLeft, TRight> value) =>
        value.IsLeft ? Codecs.Of<TLeft>().SizeOf(value.Left) : Codecs.Of<TRight>().SizeOf(value.Right);
}
