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
    public void A_barrier_is_known_at_once_needs_no_room_and_comes_behind_what_was_written_before_it()
    {
        var channel = new Channel<string>("a", 1, 4);
        channel.Write(Of("a", 1));
        channel.Write(Of("kept", 1));
        channel.Send(Barrier(1));
        channel.Write(Of("behind", 1));
        Assert.Equal(new ChannelLoad(3, 3, 2), channel.Load);
        Assert.Equal(1, channel.Barrier!.Barrier.Checkpoint.Id.Value);
        Assert.Equal("a", Read(channel));
        Assert.False(channel.HasArrived(channel.Barrier));
        var isProgress = false;
        channel.TryDrain(ref isProgress);
        Assert.Equal("kept", Read(channel));
        channel.TryDrain(ref isProgress);

        Assert.True(channel.HasArrived(channel.Barrier));
        Assert.Null(Read(channel));
        channel.TakeBarrier();
        Assert.Null(channel.Barrier);
        Assert.Equal("behind", Read(channel));
    }

    [Fact]
    public void A_barrier_that_overtakes_says_on_either_side_what_it_went_past_and_nothing_behind_it_is_read_before_it()
    {
        var channel = new Channel<string>("a", 2, 4);
        var woken = 0;
        channel.Readable = () => woken++;
        channel.Write(Of("a", 1));
        channel.Write(Of("b", 1));
        channel.Write(Of("kept", 1));
        channel.Send(Barrier(1) with { OvertakesAt = 5 });
        Assert.False(channel.TrySettle(new CheckpointId(1), 4, out _));
        Assert.True(channel.TrySettle(new CheckpointId(1), 5, out var kept));
        Assert.Equal(["kept"], kept.Select(Text));
        Assert.Equal(4, woken);

        // What was kept is not in front of the barrier any more, also if it is there when the barrier is taken.
        Assert.True(channel.TryRead(out _));
        var isProgress = false;
        Assert.True(channel.TryDrain(ref isProgress));
        Assert.Equal(["b"], InFront(channel));
        Assert.Equal("b", Read(channel));
        Assert.Null(Read(channel));
        channel.TakeBarrier();
        Assert.Equal("kept", Read(channel));
    }

    [Fact]
    public void What_the_reader_has_copied_before_the_sender_moves_a_barrier_is_in_one_of_the_two_parts_only()
    {
        var channel = new Channel<string>("a", 2, 4);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            channel.Write(Of(name, 1));
        }

        channel.Send(Barrier(1) with { OvertakesAt = 5 });
        var barrier = channel.Barrier!;
        channel.TakeBarrier();
        var from = channel.Taken;
        var copied = new List<string>();
        Assert.False(channel.CopyInFront(barrier, ref from, element => copied.Add(Text(element))));
        Assert.Equal(["a", "b"], copied);
        Assert.Equal("a", Read(channel));
        var isProgress = false;
        Assert.False(channel.TryDrain(ref isProgress));
        Assert.True(channel.TrySettle(new CheckpointId(1), 5, out var kept));
        Assert.Equal(["d"], kept.Select(Text));
        Assert.True(channel.CopyInFront(barrier, ref from, element => copied.Add(Text(element))));
        Assert.Equal(["a", "b", "c"], copied);
    }

    [Fact]
    public void A_barrier_does_not_overtake_another_that_has_not_left_unless_that_is_given_up()
    {
        var channel = new Channel<string>("a", 1, 4);
        channel.Write(Of("a", 1));
        channel.Write(Of("b", 1));
        channel.Send(Barrier(1));
        channel.Send(Barrier(2) with { OvertakesAt = 0 });
        Assert.False(channel.TrySettle(new CheckpointId(2), 9, out _));
        channel.Forget(new CheckpointId(1));
        Assert.True(channel.TrySettle(new CheckpointId(2), 9, out var kept));
        Assert.Equal(["b"], kept.Select(Text));
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

    private static string? Read(Channel<string> channel) => channel.TryRead(out var element) ? Text(element) : null;

    private static List<string> InFront(Channel<string> channel)
    {
        var (from, copied) = (channel.Taken, new List<string>());
        Assert.True(channel.CopyInFront(channel.Barrier!, ref from, element => copied.Add(Text(element))));
        return copied;
    }

    private static string Text(StreamElement<string> element) => element.Batch?.Values[0] ?? element.Watermark.ToString();
}
