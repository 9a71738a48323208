namespace Weir.Runtime.State.Tables;

/// <summary>The namespace of state that is kept by key alone. Takes no byte in a checkpoint.</summary>
internal readonly record struct NoNamespace
{
    /// <summary>Gets the codec, which writes nothing.</summary>
    public static Codec<NoNamespace> Codec { get; } = new Nothing();

    private sealed class Nothing : Codec<NoNamespace>
    {
        public override Schema Schema { get; } = Schema.Of("none");

        public override void Write(ref MessagePackWriter writer, in NoNamespace value)
        {
        }

        public override NoNamespace Read(ref MessagePackReader reader) => default;
    }
}
