using System.Globalization;
using System.Text;

namespace Weir.Victim;

/// <summary>A message of the input topic: <c>‹key›|‹microseconds›|‹amount›</c>, and its place.</summary>
internal sealed record Arrival(int Partition, long Offset, string Key, long At, long Amount)
{
    /// <summary>Reads a message.</summary>
    public static Arrival Of(KafkaMessage message)
    {
        var parts = Encoding.UTF8.GetString(message.Value).Split('|');
        return new Arrival(
            message.Partition,
            message.Offset,
            parts[0],
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>The message again, under its place.</summary>
internal sealed record Copy(int Partition, long Offset, string Key, long Amount)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}|{Key}|{Amount}");
}

/// <summary>How many messages of a key there were, up to the one at this place.</summary>
internal sealed record Count(int Partition, long Offset, string Key, long Number)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}|{Key}|{Number}");
}

/// <summary>The amounts of a key in a window.</summary>
internal sealed record Sum(string Key, long Start, long Count, long Total)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}|{Start}|{Count}|{Total}");
}

/// <summary>Counts the messages of a key.</summary>
internal sealed class Counting : KeyedProcess<string, Arrival, Count>
{
    private readonly ValueState<long> _number = new();

    /// <inheritdoc/>
    public override void OnRecord(Arrival record, ProcessContext<string, Count> context) =>
        context.Emit(new Count(record.Partition, record.Offset, record.Key, ++_number.Value));
}
