using System.Collections.Immutable;

namespace Weir.Execution.Tests;

/// <summary>Types of every shape that a codec is generated for.</summary>
public static class CodecsSample
{
    public enum Color : short
    {
        Green = -1,
        Red = 0,
        Blue = 2,
    }

    public record Customer(string Name, string? Mail);

    public sealed record GoodCustomer(string Name, int Stars) : Customer(Name, Mail: null);

    [GenerateCodec]
    public sealed record Order(long Id, Customer Customer, decimal Amount, Color Color, DateTime? Paid);

    [GenerateCodec]
    public readonly struct Reading(int sensor, double value, short? quality)
    {
        public int Sensor { get; } = sensor;

        public double Value { get; } = value;

        public short? Quality { get; } = quality;

        public bool IsGood => Quality is null;
    }

    [GenerateCodec]
    public readonly record struct Place(string Name, (int Row, Color Color) Cell);

    [GenerateCodec]
    public sealed class Basket
    {
        public int Number { get; init; }

        public List<int> Numbers { get; set; } = [];

        public Dictionary<string, double?> Names { get; init; } = [];

        public HashSet<int> Seen { get; init; } = [];

        public ImmutableArray<DateOnly> Days { get; init; }

        public IReadOnlyList<int[]>? Nested { get; init; }
    }

    [GenerateCodec]
    public sealed class Tree(string name)
    {
        public string Name { get; } = name;

        public List<Tree>? Children { get; init; }
    }
}
