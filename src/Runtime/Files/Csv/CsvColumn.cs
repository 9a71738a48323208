namespace Weir.Runtime.Files.Csv;

/// <summary>A column of a <see cref="CsvFormat{T}"/>.</summary>
/// <param name="Name">As it is written in a header.</param>
/// <param name="IsRequired">Whether a file without it is refused; an optional column that is missing reads as empty.</param>
public sealed record CsvColumn(string Name, bool IsRequired);
