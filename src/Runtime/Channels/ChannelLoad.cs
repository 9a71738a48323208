namespace Weir.Runtime.Channels;

/// <summary>What waits between two subtasks: in a channel, and kept in front of it.</summary>
/// <param name="Elements">The number of batches and control elements.</param>
/// <param name="Bytes">The bytes of their records, as the sender estimated them.</param>
/// <param name="Kept">How many of the elements the sender keeps because the channel is full.</param>
internal readonly record struct ChannelLoad(int Elements, long Bytes, int Kept)
{
    public static ChannelLoad operator +(ChannelLoad left, ChannelLoad right) =>
        new(left.Elements + right.Elements, left.Bytes + right.Bytes, left.Kept + right.Kept);
}
