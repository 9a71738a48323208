using System.Collections;
using System.Net;
using System.Numerics;
using System.Text;

namespace Weir.Wire;

/// <summary>Half-precision numbers, by their sixteen bits.</summary>
internal sealed class HalfCodec : Codec<Half>
{
    public override Schema Schema { get; } = Schema.Of("Half");

    public override void Write(ref MessagePackWriter writer, in Half value) => writer.Write((long)BitConverter.HalfToUInt16Bits(value));

    public override Half Read(ref MessagePackReader reader) =>
        BitConverter.UInt16BitsToHalf((ushort)reader.ReadBounded(ushort.MinValue, ushort.MaxValue));

    public override uint StableHash(in Half value) => Weir.StableHash.Of(
        BitConverter.HalfToUInt16Bits(value == Half.Zero ? Half.Zero : Half.IsNaN(value) ? Half.NaN : value));
}

/// <summary>Unicode scalar values by their number.</summary>
internal sealed class RuneCodec : Codec<Rune>
{
    public override Schema Schema { get; } = Schema.Of("Rune");

    public override void Write(ref MessagePackWriter writer, in Rune value) => writer.Write((long)value.Value);

    public override Rune Read(ref MessagePackReader reader)
    {
        var number = (int)reader.ReadBounded(0, 0x10FFFF);
        return Rune.TryCreate(number, out var rune) ? rune : throw new InvalidDataException($"0x{number:x} is no Unicode scalar value.");
    }

    public override uint StableHash(in Rune value) => Weir.StableHash.Of(value.Value);
}

/// <summary>Indexes as a number; from the end its complement.</summary>
internal sealed class IndexCodec : Codec<Index>
{
    public override Schema Schema { get; } = Schema.Of("Index");

    public override void Write(ref MessagePackWriter writer, in Index value) => writer.Write((long)Number(value));

    public override Index Read(ref MessagePackReader reader) => Of((int)reader.ReadBounded(int.MinValue, int.MaxValue));

    public override uint StableHash(in Index value) => Weir.StableHash.Of(Number(value));

    public static int Number(Index index) => index.IsFromEnd ? ~index.Value : index.Value;

    public static Index Of(int number) => number < 0 ? Index.FromEnd(~number) : Index.FromStart(number);
}

/// <summary>Ranges as an array of two indexes.</summary>
internal sealed class RangeCodec : Codec<Range>
{
    public override Schema Schema { get; } = Schema.Of("Range");

    public override void Write(ref MessagePackWriter writer, in Range value)
    {
        writer.WriteArrayHeader(2);
        writer.Write((long)IndexCodec.Number(value.Start));
        writer.Write((long)IndexCodec.Number(value.End));
    }

    public override Range Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        var start = IndexCodec.Of((int)reader.ReadBounded(int.MinValue, int.MaxValue));
        return new Range(start, IndexCodec.Of((int)reader.ReadBounded(int.MinValue, int.MaxValue)));
    }

    public override uint StableHash(in Range value) => Weir.StableHash.Combine(
        Weir.StableHash.Of(IndexCodec.Number(value.Start)), Weir.StableHash.Of(IndexCodec.Number(value.End)));
}

/// <summary>Complex numbers as an array of two parts, bit by bit.</summary>
internal sealed class ComplexCodec : Codec<Complex>
{
    public override Schema Schema { get; } = Schema.Of("Complex");

    public override void Write(ref MessagePackWriter writer, in Complex value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Real);
        writer.Write(value.Imaginary);
    }

    public override Complex Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return new Complex(reader.ReadDouble(), reader.ReadDouble());
    }

    public override uint StableHash(in Complex value) => Weir.StableHash.Combine(
        Codecs.Of<double>().StableHash(value.Real), Codecs.Of<double>().StableHash(value.Imaginary));
}

/// <summary>Versions as an array of their two to four numbers; null is nil.</summary>
internal sealed class VersionCodec : Codec<Version>
{
    public override Schema Schema { get; } = Schema.Of("Version");

    public override void Write(ref MessagePackWriter writer, in Version value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ReadOnlySpan<int> all = [value.Major, value.Minor, value.Build, value.Revision];
        var count = value.Build < 0 ? 2 : value.Revision < 0 ? 3 : 4;
        writer.WriteArrayHeader(count);
        foreach (var number in all[..count])
        {
            writer.Write((long)number);
        }
    }

    public override Version Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null!;
        }

        var count = reader.ReadArrayHeader();
        if (count is < 2 or > 4)
        {
            throw new InvalidDataException($"A Version has two to four numbers, found {count}.");
        }

        Span<int> all = stackalloc int[4];
        for (var i = 0; i < count; i++)
        {
            all[i] = (int)reader.ReadBounded(0, int.MaxValue);
        }

        return count == 2 ? new Version(all[0], all[1])
            : count == 3 ? new Version(all[0], all[1], all[2])
            : new Version(all[0], all[1], all[2], all[3]);
    }

    public override long SizeOf(in Version value) => value is null ? 0 : 32;
}

/// <summary>Addresses of the web as they were written, with whether they are absolute; null is nil.</summary>
internal sealed class UriCodec : Codec<Uri>
{
    public override Schema Schema { get; } = Schema.Of("Uri");

    public override void Write(ref MessagePackWriter writer, in Uri value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        if (value.GetType() != typeof(Uri))
        {
            throw DerivedValue.Of(value, "System.Uri");
        }

        writer.WriteArrayHeader(2);
        writer.Write(value.IsAbsoluteUri);
        writer.WriteText(value.OriginalString);
    }

    public override Uri Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null!;
        }

        reader.ReadArrayOf(2);
        var kind = reader.ReadBoolean() ? UriKind.Absolute : UriKind.Relative;
        var text = reader.ReadText();
        return Uri.TryCreate(text, kind, out var uri) ? uri : throw new InvalidDataException($"'{text}' is no {kind} Uri.");
    }

    // Equality of absolute ones looks at what they mean.
    public override uint StableHash(in Uri value) => value is null ? 0
        : Weir.StableHash.Of(value.IsAbsoluteUri ? value.GetComponents(UriComponents.Host | UriComponents.Port, UriFormat.Unescaped)
            .ToUpperInvariant() : value.OriginalString);

    public override long SizeOf(in Uri value) => value is null ? 0 : 80 + (2L * value.OriginalString.Length);
}

/// <summary>Bits as an array of their number and their bytes, the first bit lowest; null is nil.</summary>
internal sealed class BitArrayCodec : Codec<BitArray>
{
    public override Schema Schema { get; } = Schema.Of("BitArray");

    public override void Write(ref MessagePackWriter writer, in BitArray value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        // Bits behind the last may be set by a shorter Length: they are none of the value.
        var bytes = new byte[(value.Length + 7) / 8];
        for (var i = 0; i < value.Length; i++)
        {
            bytes[i >> 3] |= (byte)(value[i] ? 1 << (i & 7) : 0);
        }

        writer.WriteArrayHeader(2);
        writer.Write((long)value.Length);
        writer.Write(bytes);
    }

    public override BitArray Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null!;
        }

        reader.ReadArrayOf(2);
        var length = (int)reader.ReadBounded(0, int.MaxValue);
        var bytes = reader.ReadBinary();
        return bytes.Length == (int)(((long)length + 7) / 8)
            ? new BitArray(bytes.ToArray()) { Length = length }
            : throw new InvalidDataException($"{length} bits do not take {bytes.Length} bytes.");
    }

    public override long SizeOf(in BitArray value) => value is null ? 0 : 48 + ((long)value.Length / 8);
}

/// <summary>Addresses of hosts: their bytes, and the scope of those of version 6; null is nil.</summary>
internal sealed class IPAddressCodec : Codec<IPAddress>
{
    private const int V6 = 16;

    public override Schema Schema { get; } = Schema.Of("IPAddress");

    public override void Write(ref MessagePackWriter writer, in IPAddress value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        Span<byte> bytes = stackalloc byte[V6];
        value.TryWriteBytes(bytes, out var length);
        writer.WriteArrayHeader(2);
        writer.WriteBinary(bytes[..length]);
        writer.Write(length == V6 ? value.ScopeId : 0);
    }

    public override IPAddress Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null!;
        }

        reader.ReadArrayOf(2);
        var bytes = reader.ReadBinary();
        var scope = reader.ReadBounded(0, uint.MaxValue);
        return bytes.Length == V6 ? new IPAddress(bytes, scope)
            : bytes.Length == 4 && scope == 0 ? new IPAddress(bytes)
            : throw new InvalidDataException($"{bytes.Length} bytes with scope {scope} are no IPAddress.");
    }

    public override long SizeOf(in IPAddress value) => value is null ? 0 : 48;
}
