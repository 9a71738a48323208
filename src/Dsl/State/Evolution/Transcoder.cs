using System.Buffers;
using System.Numerics;

namespace Weir.Wire;

/// <summary>Writes anew what was written in one form, so that the codec of another form reads it.</summary>
/// <remarks>
/// Restores alone pay for it, and only where the forms differ. What it reads may be damaged: it throws what codecs throw.
/// </remarks>
internal abstract class Transcoder
{
    /// <summary>Takes one value to its new form.</summary>
    public abstract void Copy(ref MessagePackReader reader, ref MessagePackWriter writer);
}

/// <summary>What has not changed.</summary>
internal sealed class SameForm : Transcoder
{
    public static SameForm Instance { get; } = new();

    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer) => writer.WriteRaw(reader.ReadSlice());
}

/// <summary>A whole number that has become a number with a fraction, or a wider one with bytes of its own.</summary>
internal sealed class WidenedNumber(string now) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.NextMessagePackType == MessagePackType.Float)
        {
            writer.Write((double)reader.ReadSingle());
            return;
        }

        Int128 value = reader.NextCode == MessagePackCode.UInt64 ? reader.ReadUInt64() : reader.ReadInt64();
        switch (now)
        {
            case "float":
                writer.Write((float)value);
                break;
            case "double":
                writer.Write((double)value);
                break;
            case "decimal":
                Codecs.Of<decimal>().Write(ref writer, (decimal)value);
                break;
            case "Int128":
                Codecs.Of<Int128>().Write(ref writer, value);
                break;
            case "UInt128":
                Codecs.Of<UInt128>().Write(ref writer, checked((UInt128)value));
                break;
            case "BigInteger":
                Codecs.Of<BigInteger>().Write(ref writer, value);
                break;
            default:
                throw new InvalidOperationException($"No whole number becomes a {now}.");
        }
    }
}

/// <summary>The names of an enum have other numbers.</summary>
internal sealed class RenumberedEnum(string name, IReadOnlyDictionary<long, long> numbers, bool isUnsigned) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        var then = reader.NextCode == MessagePackCode.UInt64 ? unchecked((long)reader.ReadUInt64()) : reader.ReadInt64();
        if (!numbers.TryGetValue(then, out var now))
        {
            throw new UnreadableValueException(
                $"The state holds {then} as a value of the enum {name}, which had no name for it when it was stored and has other numbers "
                    + "now");
        }

        if (isUnsigned)
        {
            writer.Write(unchecked((ulong)now));
        }
        else
        {
            writer.Write(now);
        }
    }
}

/// <summary>The items of a list or a set have changed.</summary>
internal sealed class ChangedItems(Transcoder items) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.TryReadNil())
        {
            writer.WriteNil();
            return;
        }

        var count = reader.ReadArrayHeader();
        writer.WriteArrayHeader(count);
        for (var i = 0; i < count; i++)
        {
            items.Copy(ref reader, ref writer);
        }
    }
}

/// <summary>The keys or values of a dictionary have changed.</summary>
internal sealed class ChangedEntries(Transcoder keys, Transcoder values) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.TryReadNil())
        {
            writer.WriteNil();
            return;
        }

        var count = reader.ReadMapHeader();
        writer.WriteMapHeader(count);
        for (var i = 0; i < count; i++)
        {
            keys.Copy(ref reader, ref writer);
            values.Copy(ref reader, ref writer);
        }
    }
}

/// <summary>A value that may be missing has changed, or may be missing since.</summary>
internal sealed class ChangedNullable(Transcoder value) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.TryReadNil())
        {
            writer.WriteNil();
        }
        else
        {
            value.Copy(ref reader, ref writer);
        }
    }
}

/// <summary>A value has a time of its last update, has it no more, or has changed beside it.</summary>
/// <param name="value">What has become of the value.</param>
/// <param name="was">Whether it was written with a time.</param>
/// <param name="isNow">Whether it is read with one.</param>
internal sealed class ChangedAge(Transcoder value, bool was, bool isNow) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (isNow)
        {
            writer.WriteArrayHeader(2);
        }

        if (was)
        {
            reader.ReadArrayOf(2);
            var time = reader.ReadSlice();
            if (isNow)
            {
                writer.WriteRaw(time);
            }
        }
        else
        {
            writer.WriteNil();
        }

        value.Copy(ref reader, ref writer);
    }
}

/// <summary>The types of a closed hierarchy have other names, or members.</summary>
internal sealed class ChangedHierarchy(string name, IReadOnlyDictionary<string, (string Name, Transcoder Value)> types) : Transcoder
{
    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.TryReadNil())
        {
            writer.WriteNil();
            return;
        }

        reader.ReadArrayOf(2);
        var then = reader.ReadString();
        if (then is null || !types.TryGetValue(then, out var now))
        {
            throw new InvalidDataException($"There was no {then ?? "nil"} among the types of {name}.");
        }

        writer.WriteArrayHeader(2);
        writer.Write(now.Name);
        now.Value.Copy(ref reader, ref writer);
    }
}

/// <summary>The members of a type are others, or in another order.</summary>
/// <param name="name">The type.</param>
/// <param name="wasOf">How many members were written.</param>
/// <param name="members">Where each of today's was, with what has become of it; or the bytes of its default.</param>
internal sealed class ChangedMembers(string name, int wasOf, Func<IReadOnlyList<MemberOrigin>> members) : Transcoder
{
    private IReadOnlyList<MemberOrigin>? _members;

    public override void Copy(ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (reader.TryReadNil())
        {
            writer.WriteNil();
            return;
        }

        WireDepth.EnterReading(name);
        try
        {
            _members ??= members();
            reader.ReadMembersOf(wasOf, name);
            var written = new ReadOnlySequence<byte>[wasOf];
            for (var i = 0; i < wasOf; i++)
            {
                written[i] = reader.ReadSlice();
            }

            writer.WriteArrayHeader(_members.Count);
            foreach (var member in _members)
            {
                if (member.Default is { } bytes)
                {
                    writer.WriteRaw(bytes.Span);
                }
                else
                {
                    var inner = new MessagePackReader(written[member.Position]);
                    member.Value.Copy(ref inner, ref writer);
                }
            }
        }
        finally
        {
            WireDepth.Leave();
        }
    }
}

/// <summary>Where a member of a type comes from.</summary>
/// <param name="Position">Its position when it was written.</param>
/// <param name="Value">What has become of its value.</param>
/// <param name="Default">The bytes that it begins with, if it was not written.</param>
internal readonly record struct MemberOrigin(int Position, Transcoder Value, ReadOnlyMemory<byte>? Default);

/// <summary>A stored value, sound as it is, is none of the type that reads it now.</summary>
/// <param name="message">Which, and why.</param>
internal sealed class UnreadableValueException(string message) : InvalidOperationException(
    message + ". Put the type back to what it was, or give the operator a new id and start it empty."), IPermanentFailure;
