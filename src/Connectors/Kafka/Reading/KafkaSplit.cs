using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>A partition to read, with its ends as they were found when it was first seen.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="TopicId">The id of the topic: one that was made anew has another. Empty where the broker tells none.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Start">The first offset to read.</param>
/// <param name="Stop">The offset that is not read any more; null for none.</param>
internal sealed record KafkaSplit(string Topic, string TopicId, int Partition, long Start, long? Stop)
{
    public TopicPartition Place => new(Topic, Partition);

    /// <inheritdoc/>
    public override string ToString() => Place.ToString();
}

/// <summary>Stores <see cref="KafkaSplit"/>s in checkpoints.</summary>
internal sealed class KafkaSplitCodec : Codec<KafkaSplit>
{
    private const long NoStop = -1;

    public static KafkaSplitCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.KafkaSplit",
    [
        new(nameof(KafkaSplit.Topic), Schema.Of("string")),
        new(nameof(KafkaSplit.TopicId), Schema.Of("string")),
        new(nameof(KafkaSplit.Partition), Schema.Of("int")),
        new(nameof(KafkaSplit.Start), Schema.Of("long")),
        new(nameof(KafkaSplit.Stop), Schema.Of("long")),
    ]);

    public override void Write(ref MessagePackWriter writer, in KafkaSplit value)
    {
        writer.WriteArrayHeader(5);
        writer.Write(value.Topic);
        writer.Write(value.TopicId);
        writer.Write(value.Partition);
        writer.Write(value.Start);
        writer.Write(value.Stop ?? NoStop);
    }

    public override KafkaSplit Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(5);
        var topic = reader.ReadString()!;
        var id = reader.ReadString()!;
        var partition = reader.ReadInt32();
        var start = reader.ReadInt64();
        return new KafkaSplit(topic, id, partition, start, reader.ReadInt64() is not NoStop and var stop ? stop : null);
    }
}
