namespace Weir.Runtime.Files.Reading;

/// <summary>Reads what stands before the first record of a file.</summary>
internal static class HeaderReader
{
    /// <summary>Goes on behind the mark that some editors put before UTF-8.</summary>
    public static void SkipMark(LineScanner scanner) => scanner.Skip("\uFEFF"u8);

    /// <summary>Gives the header, if there is one, to the format.</summary>
    /// <exception cref="SourceException">It does not fit.</exception>
    public static void Read<T, TFormat>(LineScanner scanner, TFormat format, string path)
        where TFormat : struct, ILineFormat<T>
    {
        if (!format.HasHeader)
        {
            return;
        }

        try
        {
            while (scanner.TryRead(out var line))
            {
                if (line.Length > 0)
                {
                    format.ReadHeader(line);
                    return;
                }
            }
        }
        catch (FormatException error)
        {
            throw SourceErrors.BadHeader(path, error.Message, error);
        }
    }
}
