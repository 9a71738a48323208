using System.Buffers;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>What a gate knew at a cut, beside what was in flight: its channels, their lanes and watermarks.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Lanes">The lanes of each channel, first that of the channel itself.</param>
/// <param name="Valve">The watermarks.</param>
internal sealed record GateState(
    IReadOnlyList<GateChannel> Channels,
    IReadOnlyList<IReadOnlyList<(string Name, string Label, LaneStatus Status)>> Lanes,
    InputWatermarks Valve)
{
    /// <summary>The bytes of what a gate knows now.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<GateChannel> channels, ReceivedLanes lanes, InputWatermarks valve)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.WriteArrayHeader(channels.Count);
        for (var channel = 0; channel < channels.Count; channel++)
        {
            var (edge, sender, isOnly, name) = channels[channel];
            writer.WriteArrayHeader(5);
            writer.Write(edge);
            writer.Write(sender);
            writer.Write(isOnly);
            writer.Write(name);
            lanes.Write(ref writer, channel);
        }

        valve.Write(ref writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    public static GateState Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.ReadArrayOf(2);
        var channels = new List<GateChannel>();
        var lanes = new List<IReadOnlyList<(string, string, LaneStatus)>>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(5);
            channels.Add(new GateChannel(reader.ReadString() ?? "", reader.ReadInt32(), reader.ReadBoolean(), reader.ReadString() ?? ""));
            lanes.Add(ReceivedLanes.Read(ref reader));
        }

        return new GateState(channels, lanes, InputWatermarks.Read(ref reader));
    }
}

/// <summary>A channel of a gate.</summary>
/// <param name="Edge">The name of the edge.</param>
/// <param name="Sender">The index of the sender.</param>
/// <param name="IsForward">Whether the gate reads this sender only, and no other gate does.</param>
/// <param name="Name">The channel's name.</param>
internal readonly record struct GateChannel(string Edge, int Sender, bool IsForward, string Name);
