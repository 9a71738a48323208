namespace Weir.Runtime.Time;

/// <summary>What a checkpoint holds of a lane whose watermarks a generator makes.</summary>
/// <param name="Lane">The lane's name.</param>
/// <param name="Promised">What it has promised.</param>
/// <param name="State">What the generator remembers.</param>
internal readonly record struct LaneMark<TState>(string Lane, long Promised, TState State);

/// <summary>Writes and reads <see cref="LaneMark{TState}"/>.</summary>
internal sealed class LaneMarkCodec<TState>(Codec<TState> states) : Codec<LaneMark<TState>>
{
    public const string Name = "mark";

    private static readonly Codec<string> Texts = Codecs.Of<string>();

    public override Schema Schema { get; } = new(
        "lane-mark", [new("lane", Texts.Schema), new("promised", Schema.Of("long")), new("state", states.Schema)])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in LaneMark<TState> value)
    {
        writer.WriteArrayHeader(3);
        Texts.Write(ref writer, value.Lane);
        writer.Write(value.Promised);
        states.Write(ref writer, value.State);
    }

    public override LaneMark<TState> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        var lane = Texts.Read(ref reader);
        var promised = reader.ReadInt64();
        return new LaneMark<TState>(lane, promised, states.Read(ref reader));
    }
}
