using System.Buffers;
using System.Text;

namespace Weir.KafkaLog.Tests.Formats;

/// <summary>What the formats make of values, and of bytes that are none.</summary>
public sealed class RecordFormatsTests
{
    private static readonly Reading Sample = new(7, 21.5, new DateTime(2026, 3, 29, 1, 2, 3, 4, DateTimeKind.Utc), true);
    private static readonly Order Bought = new(5, "Zoë", new Place("Köln", null), 12.50m);

    [Fact]
    public void A_record_comes_back_as_it_was_in_every_format()
    {
        Assert.Equal(Sample, Again(RecordFormats.Json<Reading>(), Sample));
        Assert.Equal(Sample, Again(RecordFormats.MessagePack<Reading>(), Sample));
        Assert.Equal(Bought, Again(RecordFormats.Json<Order>(), Bought));
        Assert.Equal(Bought, Again(RecordFormats.MessagePack<Order>(), Bought));
        Assert.Equal(Bought, Again(RecordFormats.Json(ShopJson.Default.Order), Bought));
    }

    [Fact]
    public void The_generated_format_and_that_of_a_context_read_what_the_other_has_written()
    {
        var (ours, theirs) = (RecordFormats.Json<Order>(), RecordFormats.Json(ShopJson.Default.Order));
        Assert.Equal(Bought, ours.Read(Bytes(theirs, Bought)));
        Assert.Equal(Bought, theirs.Read(Bytes(ours, Bought)));
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("{", "it is not JSON")]
    [InlineData("[1]", "Order")]
    [InlineData("{\"id\":1}", "customer")]
    [InlineData("{\"id\":\"x\",\"customer\":\"c\",\"amount\":1}", "id")]
    [InlineData("{\"id\":1,\"customer\":\"c\",\"amount\":1} 2", "after a single JSON value")]
    public void Bytes_that_are_no_record_are_refused_with_the_reason(string json, string reason) => Assert.Contains(
        reason, Refused(RecordFormats.Json<Order>(), Encoding.UTF8.GetBytes(json)), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("null", "null in JSON")]
    [InlineData("{", "no Order in JSON")]
    [InlineData("{\"id\":true}", "$.id")]
    public void So_they_are_by_a_context(string json, string reason) => Assert.Contains(
        reason, Refused(RecordFormats.Json(ShopJson.Default.Order), Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);

    [Fact]
    public void MessagePack_that_is_cut_off_or_goes_on_is_refused()
    {
        var format = RecordFormats.MessagePack<Order>();
        var bytes = Bytes(format, Bought);
        Assert.Contains("it holds no", Refused(format, bytes[..^1]), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("more follows", Refused(format, [.. bytes, 1]), StringComparison.Ordinal);
        Assert.Contains("MessagePack", Refused(format, []), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_a_format_is_refused_at_once_with_what_to_do()
    {
        var failure = Assert.ThrowsAny<InvalidOperationException>(() => RecordFormats.DefaultOf<StringBuilder>());
        Assert.Contains("There is no JSON format for System.Text.StringBuilder", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Kafka.Read<T>", failure.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(failure);
    }

    [Fact]
    public void Records_without_texts_are_read_and_written_without_garbage()
    {
        NoGarbage(RecordFormats.Json<Reading>(), Sample);
        NoGarbage(RecordFormats.MessagePack<Reading>(), Sample);
        NoGarbage(RecordFormats.Int64, 5L);
        NoGarbage(RecordFormats.Int32, 5);
    }

    [Fact]
    public void What_is_written_into_the_memory_of_a_sink_is_written_without_garbage()
    {
        var shape = new KafkaMessageShape<Reading>("t").Key(r => r.Sensor).Value(r => r);
        using var arena = new Writing.MessageArena();
        Assert.Equal(0, GarbageOf(() =>
        {
            arena.Clear();
            shape.KeyPart!(Sample, arena);
            shape.ValuePart!(Sample, arena);
        }));
    }

    private static void NoGarbage<T>(IRecordFormat<T> format, T value)
    {
        var bytes = Bytes(format, value);
        using var arena = new Writing.MessageArena();
        Assert.Equal(0, GarbageOf(() => format.Read(bytes)));
        Assert.Equal(0, GarbageOf(() =>
        {
            arena.Clear();
            format.Write(value, arena);
        }));
    }

    // An exact count of this thread's bytes. The first calls may make what is kept.
    private static long GarbageOf(Action once)
    {
        for (var i = 0; i < 100; i++)
        {
            once();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            once();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Refused<T>(IRecordFormat<T> format, byte[] bytes) =>
        Assert.Throws<FormatException>(() => format.Read(bytes)).Message;

    private static T Again<T>(IRecordFormat<T> format, T value) => format.Read(Bytes(format, value));

    private static byte[] Bytes<T>(IRecordFormat<T> format, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(value, output);
        return output.WrittenSpan.ToArray();
    }
}
