namespace Weir.Runtime.Files.Reading;

/// <summary>Makes records of lines. A readonly struct, so that the reader's loop is specialised on it.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface ILineFormat<T>
{
    /// <summary>Whether the first line of a file describes the others.</summary>
    bool HasHeader { get; }

    /// <summary>Whether a line break within quotes belongs to the line.</summary>
    bool JoinsQuoted { get; }

    /// <summary>Takes the header. Throws what to tell the user without the place: the caller knows it.</summary>
    /// <exception cref="FormatException">The file cannot be read with this header.</exception>
    void ReadHeader(Span<byte> line);

    /// <summary>Makes a record of a line. May overwrite the line.</summary>
    /// <exception cref="FormatException">The line is malformed.</exception>
    T ReadRecord(Span<byte> line);
}
