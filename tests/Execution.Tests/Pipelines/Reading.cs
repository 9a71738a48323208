namespace Weir.Execution.Tests.Pipelines;

/// <summary>What the pipelines under test take in: a value of each kind that LINQ treats in its own way.</summary>
public sealed record Reading(
    string Sensor, int Level, long Time, double Value, float Small, decimal Price, int? Maybe, double? Perhaps, string? Note,
    Colour Colour);

public enum Colour
{
    Red,
    Green,
    Blue,
}

/// <summary>The key and every kind of answer.</summary>
public sealed record Summary(string Key, long Start, string Answers);

/// <summary>A value of its own to key by.</summary>
public readonly record struct Place(int Row, string Column);

/// <summary>A reference to key by.</summary>
public sealed record Site(string Name, Colour Colour);
