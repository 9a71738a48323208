using System.Buffers;

namespace Weir.Wire;

/// <summary>
/// What codecs read beyond what MessagePack's reader offers: numbers within bounds, arrays of a known length, bytes in one piece.
/// </summary>
public static class WireReading
{
    /// <summary>Reads a whole number that must lie within bounds.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="greatest">The greatest value allowed.</param>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidDataException">The number lies outside.</exception>
    public static long ReadBounded(this ref MessagePackReader reader, long least, long greatest)
    {
        var value = reader.ReadInt64();
        return value >= least && value <= greatest
            ? value
            : throw new InvalidDataException(
                $"Expected a whole number from {least} to {greatest} before byte {reader.Consumed}, found {value}.");
    }

    /// <summary>Reads the head of an array whose length is known.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="count">The number of items that must follow.</param>
    /// <exception cref="InvalidDataException">Another number follows.</exception>
    public static void ReadArrayOf(this ref MessagePackReader reader, int count)
    {
        var found = reader.ReadArrayHeader();
        if (found != count)
        {
            throw new InvalidDataException($"Expected an array of {count} items, found {found}, before byte {reader.Consumed}.");
        }
    }

    /// <summary>Reads the head of the array that the members of a type are kept in.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="members">The number of members that the type has.</param>
    /// <param name="type">The type's name, for the message.</param>
    /// <exception cref="InvalidDataException">The value was written by a type with another number of members.</exception>
    public static void ReadMembersOf(this ref MessagePackReader reader, int members, string type)
    {
        if (reader.IsNil)
        {
            throw new InvalidDataException(
                $"A null stands before byte {reader.Consumed} where a {type} should, which cannot be null: it was a class when it was "
                    + "stored, or the bytes are damaged.");
        }

        var found = reader.ReadArrayHeader();
        if (found != members)
        {
            throw new InvalidDataException(
                $"{type} has {members} members, but the {found} of another version of it were found before byte {reader.Consumed}.");
        }
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The value in one piece; shares memory with the input where that lies in one piece.</returns>
    /// <exception cref="InvalidDataException">A nil stands where bytes should.</exception>
    public static ReadOnlySpan<byte> ReadBinary(this ref MessagePackReader reader)
    {
        var bytes = reader.ReadBytes()
            ?? throw new InvalidDataException($"Expected bytes before byte {reader.Consumed}, found nil.");
        return bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
    }

    /// <summary>Reads a text that <see cref="WireWriting.WriteText"/> wrote.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The text; null for nil.</returns>
    public static string? ReadText(this ref MessagePackReader reader)
    {
        var before = reader;
        var text = reader.ReadString();

        // What stands for bytes that are no UTF-8 may also have been written as it is: the bytes say.
        if (text is not null && text.Contains('\uFFFD') && before.ReadStringSequence() is { } bytes)
        {
            return LoneSurrogates.Decode(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray()) ?? text;
        }

        return text;
    }
}
