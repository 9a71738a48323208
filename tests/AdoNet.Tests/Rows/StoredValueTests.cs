using System.Buffers;
using MessagePack;
using Weir.Ado.Rows;
using Weir.Ado.Transactions;

namespace Weir.Ado.Tests.Rows;

public sealed class StoredValueTests
{
    public static TheoryData<object> Values =>
    [
        true, 7, -7L, ulong.MaxValue, 1.5f, Math.PI, 79228162514264337593543950335m, "a\0b😀", "", new byte[] { 0, 255 }, Guid.Empty,
        DateTime.MaxValue, DateTime.UnixEpoch, DateOnly.MaxValue, TimeOnly.MaxValue, TimeSpan.MinValue, DBNull.Value,
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_it_was_with_its_type(object value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        StoredValue.Write(ref writer, value);
        writer.Flush();
        var reader = new MessagePackReader(bytes.WrittenMemory);
        var read = StoredValue.Read(ref reader);
        Assert.Equal(value, read);
        Assert.IsType(value.GetType(), read);
        Assert.True(reader.End);
        Assert.Equal((value as DateTime?)?.Kind, (read as DateTime?)?.Kind);
    }

    [Fact]
    public void Smaller_numbers_come_back_as_ints_and_a_type_that_is_none_of_these_is_refused()
    {
        Assert.True(StoredValue.Stores(typeof(byte)) && StoredValue.Stores(typeof(DayOfWeek)));
        Assert.False(StoredValue.Stores(typeof(Version)));
    }

    [Fact]
    public void A_handle_comes_back_from_a_checkpoint_as_it_was()
    {
        var codec = MarkedTransactionCodec.Instance;
        var whole = new MarkedTransaction(7, "job/sink/run", 3, 2, 5, 2, new byte[] { 1, 2, 3 }).For(["id", "\"a,b\""]);
        var read = codec.Decode(codec.Encode(whole));
        Assert.Equal(whole with { Bytes = default }, read with { Bytes = default });
        Assert.Equal(["id", "\"a,b\""], read.Names);
        Assert.Equal(whole.Bytes.ToArray(), read.Bytes.ToArray());
        Assert.Null(codec.Decode(codec.Encode(MarkedTransaction.Begun(1))).Sink);
    }
}
