using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Reading;

/// <summary>Makes records of lines. A readonly struct, so that the reader's loop is specialised on it.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface ILineFormat<T>
{
    /// <summary>Whether the first line of a file describes the others.</summary>
    bool HasHeader { get; }

    /// <summary>Whether an empty line is a record, rather than nothing. Known once the header has been read.</summary>
    bool ReadsEmptyLines { get; }

    /// <summary>How the fields of a row are found, if a line break within quotes belongs to the row; otherwise null.</summary>
    FieldScan? Fields { get; }

    /// <summary>The most fields of a row. Known once the header has been read.</summary>
    int MostFields { get; }

    /// <summary>Takes the header. Throws what to tell the user without the place: the caller knows it.</summary>
    /// <exception cref="FormatException">The file cannot be read with this header.</exception>
    void ReadHeader(Span<byte> line);

    /// <summary>Makes a record of a line. May overwrite the line.</summary>
    /// <exception cref="FormatException">The line is malformed.</exception>
    T ReadRecord(Span<byte> line);
}
