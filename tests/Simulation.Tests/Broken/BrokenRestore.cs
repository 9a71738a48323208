using MessagePack;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Simulation.Tests.Broken;

/// <summary>Takes keyed state up with a mistake.</summary>
/// <param name="inner">The subtask itself.</param>
/// <param name="change">What becomes of an operator's state.</param>
internal sealed class BrokenRestore(ISubtask inner, Func<OperatorState, OperatorState> change) : BrokenSubtask(inner)
{
    public override void Restore(IReadOnlyDictionary<string, OperatorState> operators) =>
        base.Restore(operators.ToDictionary(pair => pair.Key, pair => change(pair.Value), StringComparer.Ordinal));

    /// <summary>A process's state without its timers: they are the first of its parts.</summary>
    public static OperatorState WithoutTimers(OperatorState state) => state.Id.StartsWith("Process", StringComparison.Ordinal)
        ? state with { KeyGroups = [.. state.KeyGroups.Select(WithoutFirstPart)] }
        : state;

    /// <summary>State without the oldest of its runs of changes, as if a merge had left it out.</summary>
    public static OperatorState WithoutOldestRun(OperatorState state)
    {
        var runs = state.KeyGroups.Select(group => group.Run).Distinct().Order().ToList();
        return runs.Count < 2 ? state : state with { KeyGroups = [.. state.KeyGroups.Where(group => group.Run != runs[0])] };
    }

    /// <summary>State without the last of its key groups.</summary>
    public static OperatorState WithoutLastGroup(OperatorState state)
    {
        var last = state.KeyGroups.Select(group => group.KeyGroup).DefaultIfEmpty(-1).Max();
        return state with { KeyGroups = [.. state.KeyGroups.Where(group => group.KeyGroup != last)] };
    }

    private static KeyGroupState WithoutFirstPart(KeyGroupState group)
    {
        var reader = new MessagePackReader(group.Entries);
        while (!reader.End)
        {
            var at = reader.Consumed;
            if (!reader.TryReadNil())
            {
                reader.Skip();
            }
            else if (reader.NextMessagePackType == MessagePackType.Integer && reader.ReadInt64() > 0)
            {
                return new KeyGroupState(group.KeyGroup, group.Entries[(int)at..]) { Run = group.Run };
            }
        }

        return new KeyGroupState(group.KeyGroup, ReadOnlyMemory<byte>.Empty) { Run = group.Run };
    }
}
