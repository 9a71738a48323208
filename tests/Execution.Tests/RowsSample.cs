using System.Collections.Immutable;

namespace Weir.Execution.Tests;

/// <summary>Rows whose formats are generated into this assembly, because the calls at the end name them.</summary>
public static class RowsSample
{
    public enum Carrier
    {
        United,
        Delta,
    }

    public readonly record struct Flight(
        DateTime Departure, string Origin, [Column("delay_minutes")] int Delay, Carrier Carrier, short? Distance, string? Note);

    public readonly record struct Hop(DateTime Departure, int Distance, double? Delay, Carrier Carrier, TimeSpan? Air);

    public sealed record Narrow(
        bool A, sbyte B, byte C, short D, ushort E, int F, uint G, long H, ulong I, char J, float K, double L, decimal M, Int128 N,
            UInt128 O,
        string P, Guid Q, DateTime R, DateTimeOffset S, DateOnly T, TimeOnly U, TimeSpan V, DayOfWeek W);

    [Flags]
    public enum Rights : byte
    {
        None = 0,
        Read = 1,
        Write = 2,
        Own = 128,
    }

    public sealed record Every(
        string? Text, string Name, char? Letter, double? Number, float? Single, decimal? Exact, long? Whole, Int128? Wide, bool? Truth,
            Rights Rights,
        Carrier? Carrier, DateTime? At, DateTimeOffset? Instant, DateOnly? Day, TimeOnly? Hour, TimeSpan? Span, Guid? Id,
        [Epoch(EpochUnit.Seconds)] DateTime Seconds, [Epoch(EpochUnit.Milliseconds)] DateTimeOffset Milliseconds,
        [Epoch(EpochUnit.Microseconds)] DateTime? Microseconds)
    {
        [Epoch(EpochUnit.Nanoseconds)]
        public DateTimeOffset? Nanoseconds { get; init; }
    }

    public sealed record OnlyText(string? Text);

    public sealed record OnlyNumber(int? Number);

    public sealed record OnlyName(string Name);

    public sealed record Payment(int Id, decimal Amount, Dictionary<string, int>? More);

    public sealed record Customer(string Name, string? Mail);

    public sealed class Order
    {
        public required long Id { get; init; }

        public Customer? Customer { get; init; }

        public List<string> Tags { get; init; } = [];

        public Dictionary<string, double?>? Prices { get; init; }

        [Column("paid_in")]
        public DayOfWeek? PaidIn { get; init; }

        public ImmutableArray<int?> Numbers { get; init; }

        public byte[]? Picture { get; init; }
    }

    internal static object[] Calls(string path) =>
        [
            Csv.Read<Flight>(path), Csv.Read<Narrow>(path), Csv.Read<Hop>(path), JsonLines.Read<Hop>(path),
            Csv.Read<Every>(path), Csv.Read<OnlyText>(path), Csv.Read<OnlyNumber>(path), Csv.Read<OnlyName>(path),
            JsonLines.Read<Every>(path), JsonLines.Read<OnlyText>(path), JsonLines.Read<Payment>(path),
            JsonLines.Read<Flight>(path), JsonLines.Read<Narrow>(path), Files.JsonLines<Order>(path), JsonLines.Read<List<int>>(path),
        ];
}
