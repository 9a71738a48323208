using System.Globalization;

namespace Weir.Ado.Rows;

/// <summary>Values of columns as checkpoints keep them: an array of two, which type it is and what it is; nil for null.</summary>
internal static class StoredValue
{
    private static readonly Type[] Plain =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(string), typeof(char), typeof(byte[]), typeof(Guid), typeof(DateTime),
        typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    private enum Kind
    {
        Bool = 1,
        Long = 2,
        ULong = 3,
        Float = 4,
        Double = 5,
        Decimal = 6,
        Text = 7,
        Bytes = 8,
        Guid = 9,
        Time = 10,
        Date = 11,
        TimeOfDay = 12,
        Span = 13,
        Int = 14,
        UtcTime = 15,
    }

    /// <summary>Whether values of a type can be kept.</summary>
    public static bool Stores(Type type) => type.IsEnum || Plain.Contains(type);

    /// <summary>Writes a value.</summary>
    public static void Write(ref MessagePackWriter writer, object value)
    {
        switch (value)
        {
            case DBNull: writer.WriteNil(); break;
            case bool one: Head(ref writer, Kind.Bool); writer.Write(one); break;
            case byte or sbyte or short or ushort or int:
                Head(ref writer, Kind.Int);
                writer.Write(((IConvertible)value).ToInt32(CultureInfo.InvariantCulture));
                break;
            case uint or long:
                Head(ref writer, Kind.Long);
                writer.Write(((IConvertible)value).ToInt64(CultureInfo.InvariantCulture));
                break;
            case ulong one: Head(ref writer, Kind.ULong); writer.Write(one); break;
            case float one: Head(ref writer, Kind.Float); writer.Write(one); break;
            case double one: Head(ref writer, Kind.Double); writer.Write(one); break;
            case decimal one:
                Head(ref writer, Kind.Decimal);
                writer.Write(one.ToString(CultureInfo.InvariantCulture));
                break;
            case string one: Head(ref writer, Kind.Text); writer.Write(one); break;
            case byte[] one: Head(ref writer, Kind.Bytes); writer.Write(one); break;
            case Guid one: Head(ref writer, Kind.Guid); writer.Write(one.ToByteArray()); break;
            case DateTime one:
                Head(ref writer, one.Kind == DateTimeKind.Utc ? Kind.UtcTime : Kind.Time);
                writer.Write(one.Ticks);
                break;
            case DateOnly one: Head(ref writer, Kind.Date); writer.Write(one.DayNumber); break;
            case TimeOnly one: Head(ref writer, Kind.TimeOfDay); writer.Write(one.Ticks); break;
            case TimeSpan one: Head(ref writer, Kind.Span); writer.Write(one.Ticks); break;
            default: throw new ArgumentException($"a value of {value.GetType()} cannot be kept in a checkpoint");
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static object Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return DBNull.Value;
        }

        reader.ReadArrayOf(2);
        return (Kind)reader.ReadInt32() switch
        {
            Kind.Bool => reader.ReadBoolean(),
            Kind.Int => reader.ReadInt32(),
            Kind.Long => reader.ReadInt64(),
            Kind.ULong => reader.ReadUInt64(),
            Kind.Float => reader.ReadSingle(),
            Kind.Double => reader.ReadDouble(),
            Kind.Decimal => decimal.Parse(reader.ReadString()!, CultureInfo.InvariantCulture),
            Kind.Text => reader.ReadString()!,
            Kind.Bytes => BytesOf(ref reader),
            Kind.Guid => new Guid(BytesOf(ref reader)),
            Kind.Time => new DateTime(reader.ReadInt64(), DateTimeKind.Unspecified),
            Kind.UtcTime => new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
            Kind.Date => DateOnly.FromDayNumber(reader.ReadInt32()),
            Kind.TimeOfDay => new TimeOnly(reader.ReadInt64()),
            Kind.Span => new TimeSpan(reader.ReadInt64()),
            var kind => throw new InvalidDataException($"a checkpoint holds a value of kind {(int)kind}, which this version does not know"),
        };
    }

    private static byte[] BytesOf(ref MessagePackReader reader)
    {
        var bytes = reader.ReadBytes();
        if (bytes is not { } some)
        {
            return [];
        }

        var copy = new byte[some.Length];
        var at = 0;
        foreach (var piece in some)
        {
            piece.Span.CopyTo(copy.AsSpan(at));
            at += piece.Length;
        }

        return copy;
    }

    private static void Head(ref MessagePackWriter writer, Kind kind)
    {
        writer.WriteArrayHeader(2);
        writer.Write((int)kind);
    }
}
