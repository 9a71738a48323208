using System.Buffers.Binary;
using Weir.Runtime.Channels;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Simulation.Tests.Broken;

/// <summary>A subtask that makes a mistake with what was in flight: the simulator must find it.</summary>
internal sealed class BrokenReplay(ISubtask inner, BarrierBreakage breakage) : BrokenSubtask(inner)
{
    private const int HeaderBytes = 8;

    public override void RestoreInFlight(RestoredInFlight inFlight)
    {
        switch (breakage)
        {
            case BarrierBreakage.DropsInFlight:
                base.RestoreInFlight(With(inFlight, _ => []));
                break;
            case BarrierBreakage.ReplaysTwice:
                base.RestoreInFlight(With(inFlight, elements => [.. elements, .. elements]));
                break;
            case BarrierBreakage.ReplaysBackwards:
                base.RestoreInFlight(With(inFlight, elements => [.. Enumerable.Reverse(elements)]));
                break;
            case BarrierBreakage.MixesChannelsUp:
                base.RestoreInFlight(inFlight with { Received = [.. inFlight.Received.Select(state => With(state, MixUp))] });
                break;
            default:
                base.RestoreInFlight(inFlight with { Sent = new Dictionary<string, IReadOnlyList<OperatorState>>() });
                break;
        }
    }

    private static RestoredInFlight With(RestoredInFlight inFlight, Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> change) => new(
        [.. inFlight.Received.Select(state => With(state, change))],
        inFlight.Sent.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<OperatorState>)[.. pair.Value.Select(state => With(state, change))]));

    private static OperatorState With(OperatorState state, Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> change) => state with
    {
        Files = [.. state.Files.Select(file => new StoredState(
            new StateHandle.Inline(change(Elements(file)).SelectMany(element => element).ToArray()), () => Stream.Null))],
    };

    private static List<byte[]> Elements(StoredState file)
    {
        using var stream = file.Open();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var elements = new List<byte[]>();
        for (var at = 0; at < bytes.Length; at += elements[^1].Length)
        {
            elements.Add(bytes[at..(at + HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)))]);
        }

        return elements;
    }

    // Each element goes to the channel that some element is of: one with a greater number, or the least.
    private static List<byte[]> MixUp(IReadOnlyList<byte[]> elements)
    {
        List<int> channels = [.. elements.Select(ChannelOf).Distinct().Order()];
        return [.. elements.Select(element =>
        {
            byte[] moved = [.. element];
            var next = channels[(channels.IndexOf(ChannelOf(element)) + 1) % channels.Count];
            BinaryPrimitives.WriteInt32LittleEndian(moved.AsSpan(sizeof(int)), next);
            return moved;
        })];
    }

    private static int ChannelOf(byte[] element) => BinaryPrimitives.ReadInt32LittleEndian(element.AsSpan(sizeof(int)));
}
