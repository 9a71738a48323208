using Weir.Runtime.Channels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Tests.Channels;

public sealed class ChannelTests
{
    [Fact]
    public void A_channel_is_full_when_its_bytes_are_whatever_the_number_of_batches()
    {
        var channel = new Channel<string>("a", 8, 4, capacityBytes: 100);
        Assert.True(channel.Write(Of("a", 60)));
        Assert.True(channel.Write(Of("b", 40)));
        Assert.False(channel.Write(Of("c", 1)));
        Assert.Equal(new ChannelLoad(3, 101, 1), channel.Load);

        Assert.True(channel.TryRead(out _));
        var isProgress = false;
        Assert.True(channel.TryDrain(ref isProgress));
        Assert.True(isProgress);
        Assert.Equal(new ChannelLoad(2, 41, 0), channel.Load);
    }

    [Fact]
    public void A_batch_that_is_larger_than_the_channel_passes_alone()
    {
        var channel = new Channel<string>("a", 8, 4, capacityBytes: 100);
        Assert.True(channel.Write(Of("a", 1_000)));
        Assert.False(channel.Write(Of("b", 1)));
        Assert.True(channel.TryRead(out _));
        var isProgress = false;
        Assert.True(channel.TryDrain(ref isProgress));
    }

    [Fact]
    public void What_has_no_bytes_passes_a_channel_whose_bytes_are_full()
    {
        var channel = new Channel<string>("a", 3, 4, capacityBytes: 1);
        Assert.True(channel.Write(Of("a", 5)));
        Assert.True(channel.Write(StreamElement<string>.Of(new Watermark(1))));
    }

    [Fact]
    public void Its_reader_sees_what_waits_in_order_without_taking_it()
    {
        var channel = new Channel<string>("a", 3, 4);
        for (var round = 0; round < 5; round++)
        {
            channel.Write(Of($"{round}", 1));
            channel.Write(StreamElement<string>.Of(new Watermark(round)));
            Assert.Equal([$"{round}", $"WM({round})"], channel.Waiting().Select(Text));
            Assert.True(channel.TryPeek(out var next));
            Assert.Equal($"{round}", Text(next));
            Assert.True(channel.TryRead(out next));
            Assert.Equal($"{round}", Text(next));
            Assert.True(channel.TryRead(out _));
            Assert.False(channel.TryPeek(out _));
        }
    }

    [Fact]
    public void A_barrier_overtakes_what_waits_and_says_on_either_side_what_it_went_past()
    {
        var channel = new Channel<string>("a", 2, 4);
        var woken = 0;
        channel.Readable = () => woken++;
        channel.Write(Of("a", 1));
        channel.Write(Of("b", 1));
        channel.Write(Of("kept", 1));
        Assert.Equal(["kept"], channel.Overtake(Barrier(1)).Select(Text));
        Assert.Equal(3, woken);

        // What is written behind the barrier is not in front of it, also if it is there when the barrier is read.
        Assert.True(channel.TryRead(out _));
        var isProgress = false;
        Assert.True(channel.TryDrain(ref isProgress));
        Assert.True(channel.TryReadOvertaking(out var barrier, out var overtaken));
        Assert.Equal(1, barrier.Checkpoint.Id.Value);
        Assert.Equal(["b"], overtaken.Select(Text));
        Assert.Equal(["b", "kept"], channel.Waiting().Select(Text));
        Assert.False(channel.TryReadOvertaking(out _, out _));
    }

    [Fact]
    public void Writer_and_reader_on_two_threads_lose_nothing_and_never_exceed_the_bytes()
    {
        const int Count = 200_000;
        var channel = new Channel<int>("a", 4, 1, capacityBytes: 12);
        var reader = new Thread(() =>
        {
            for (var expected = 0; expected < Count;)
            {
                if (channel.TryRead(out var element))
                {
                    Assert.Equal(expected++, element.Batch!.Values[0]);
                    channel.Return(element.Batch);
                }
            }
        });
        reader.Start();
        for (var i = 0; i < Count; i++)
        {
            var batch = channel.Rent();
            batch.Add(i);
            var isProgress = false;
            channel.Write(StreamElement<int>.Of(batch, 4));
            while (!channel.TryDrain(ref isProgress))
            {
                Assert.InRange(channel.Load.Bytes, 0, 16);
            }
        }

        reader.Join();
        Assert.Equal(default, channel.Load);
    }

    private static Weir.Runtime.Streams.Barrier Barrier(long checkpoint) => new(new CheckpointName(7, new CheckpointId(checkpoint)), false);

    private static StreamElement<string> Of(string value, long bytes)
    {
        var batch = new Batch<string>(4);
        batch.Add(value);
        return StreamElement<string>.Of(batch, bytes);
    }

    private static string Text(StreamElement<string> element) => element.Batch?.Values[0] ?? element.Watermark.ToString();
}
