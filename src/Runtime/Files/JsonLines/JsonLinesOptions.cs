namespace Weir;

/// <summary>How files of one JSON object a line are read.</summary>
public sealed record JsonLinesOptions : FileSourceOptions;
