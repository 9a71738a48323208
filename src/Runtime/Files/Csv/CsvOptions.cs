namespace Weir;

/// <summary>How CSV files are read.</summary>
public sealed record CsvOptions : FileSourceOptions
{
    /// <summary>Gets what stands between fields: one ASCII character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>
    /// Gets a value indicating whether the first line names the columns. If not, they come in the order of the type's members.
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether quoted fields may hold line breaks. A file is then read by one subtask from its beginning, for no
    /// byte range can tell whether it begins inside quotes.
    /// </summary>
    public bool MultilineFields { get; init; }

    /// <summary>
    /// Gets a value indicating whether spaces and tabs around a field do not belong to it. If not, which is the default, they are part of a
    /// text, and a number or a quoted field with blanks around it is malformed.
    /// </summary>
    public bool TrimBlanks { get; init; }

    internal new void Check()
    {
        base.Check();
        if (Delimiter is '"' or '\r' or '\n' or '\0' || !char.IsAscii(Delimiter))
        {
            throw new ArgumentException(
                $"The delimiter '{Delimiter}' cannot separate fields: use one ASCII character that is neither a quote, a line break nor "
                    + "NUL.",
                nameof(Delimiter));
        }
    }
}
