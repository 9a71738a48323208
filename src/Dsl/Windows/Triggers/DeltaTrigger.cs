using Weir.Wire;

namespace Weir;

/// <summary>Fires when a record differs enough from the one that it fired for last.</summary>
internal sealed class DeltaTrigger<T>(double threshold, Func<T, T, double> delta) : Trigger<T, DeltaTrigger<T>.Last>
{
    protected internal override Codec<Last> StateCodec => new LastCodec();

    public override string ToString() => FormattableString.Invariant($"when a record differs by more than {threshold}");

    public override TriggerResult OnRecord(T record, long time, ref Last state, TriggerContext context)
    {
        if (!state.IsThere || delta(state.Record, record) > threshold)
        {
            var isFirst = !state.IsThere;
            state = new Last(true, record);
            return isFirst ? TriggerResult.Wait : TriggerResult.Fire;
        }

        return TriggerResult.Wait;
    }

    /// <summary>The record that it fired for last, or the first one.</summary>
    internal readonly record struct Last(bool IsThere, T Record);

    private sealed class LastCodec : Codec<Last>
    {
        private readonly Codec<T> _records = Codecs.Of<T>();

        public override Schema Schema => new("last", [new SchemaMember("Record", _records.Schema)]) { Kind = SchemaKind.Object };

        public override void Write(ref MessagePackWriter writer, in Last value)
        {
            writer.WriteArrayHeader(1);
            _records.Write(ref writer, value.Record);
        }

        public override Last Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(1);
            return new Last(true, _records.Read(ref reader));
        }
    }
}
