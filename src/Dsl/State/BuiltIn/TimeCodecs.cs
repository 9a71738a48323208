namespace Weir.Wire;

/// <summary>
/// Dates with time as one number: ticks, and the kind above them (0 unspecified, 1 UTC, 2 local). No time zone is consulted.
/// </summary>
internal sealed class DateTimeCodec : Codec<DateTime>
{
    private const int KindShift = 62;

    public override Schema Schema { get; } = Schema.Of("DateTime");

    public override void Write(ref MessagePackWriter writer, in DateTime value) =>
        writer.Write((ulong)value.Ticks | ((ulong)value.Kind << KindShift));

    public override DateTime Read(ref MessagePackReader reader)
    {
        var bits = reader.ReadUInt64();
        var ticks = (long)(bits & ((1UL << KindShift) - 1));
        var kind = (DateTimeKind)(bits >> KindShift);
        return ticks <= DateTime.MaxValue.Ticks && kind <= DateTimeKind.Local
            ? new DateTime(ticks, kind)
            : throw new InvalidDataException($"0x{bits:x16} is no DateTime.");
    }

    // Equality of DateTime looks at the ticks alone.
    public override uint StableHash(in DateTime value) => Weir.StableHash.Of(value.Ticks);
}

/// <summary>Moments with an offset as an array of two: ticks of the local clock, and the offset in ticks.</summary>
internal sealed class DateTimeOffsetCodec : Codec<DateTimeOffset>
{
    public override Schema Schema { get; } = Schema.Of("DateTimeOffset");

    public override void Write(ref MessagePackWriter writer, in DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Ticks);
        writer.Write(value.Offset.Ticks);
    }

    public override DateTimeOffset Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        var ticks = reader.ReadBounded(0, DateTime.MaxValue.Ticks);
        var offset = reader.ReadBounded(-14 * TimeSpan.TicksPerHour, 14 * TimeSpan.TicksPerHour);
        try
        {
            return new DateTimeOffset(ticks, new TimeSpan(offset));
        }
        catch (ArgumentException damage)
        {
            throw new InvalidDataException($"{ticks} ticks at an offset of {offset} ticks are no DateTimeOffset.", damage);
        }
    }

    // Equality of DateTimeOffset looks at the moment alone.
    public override uint StableHash(in DateTimeOffset value) => Weir.StableHash.Of(value.UtcTicks);
}

/// <summary>Dates as the number of days since 0001-01-01.</summary>
internal sealed class DateOnlyCodec : Codec<DateOnly>
{
    public override Schema Schema { get; } = Schema.Of("DateOnly");

    public override void Write(ref MessagePackWriter writer, in DateOnly value) => writer.Write(value.DayNumber);

    public override DateOnly Read(ref MessagePackReader reader) =>
        DateOnly.FromDayNumber((int)reader.ReadBounded(0, DateOnly.MaxValue.DayNumber));

    public override uint StableHash(in DateOnly value) => Weir.StableHash.Of(value.DayNumber);
}

/// <summary>Times of day as ticks since midnight.</summary>
internal sealed class TimeOnlyCodec : Codec<TimeOnly>
{
    public override Schema Schema { get; } = Schema.Of("TimeOnly");

    public override void Write(ref MessagePackWriter writer, in TimeOnly value) => writer.Write(value.Ticks);

    public override TimeOnly Read(ref MessagePackReader reader) => new(reader.ReadBounded(0, TimeOnly.MaxValue.Ticks));

    public override uint StableHash(in TimeOnly value) => Weir.StableHash.Of(value.Ticks);
}

/// <summary>Durations as ticks.</summary>
internal sealed class TimeSpanCodec : Codec<TimeSpan>
{
    public override Schema Schema { get; } = Schema.Of("TimeSpan");

    public override void Write(ref MessagePackWriter writer, in TimeSpan value) => writer.Write(value.Ticks);

    public override TimeSpan Read(ref MessagePackReader reader) => new(reader.ReadInt64());

    public override uint StableHash(in TimeSpan value) => Weir.StableHash.Of(value.Ticks);
}
