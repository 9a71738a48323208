using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Subtasks;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointAction;
using static Weir.Runtime.Checkpoints.Protocol.CheckpointEvent;

namespace Weir.Runtime.Tests.Checkpoints.Protocol;

/// <summary>Plays events to the protocol, and compares the actions: a line of text for each.</summary>
internal static class ProtocolScript
{
    public static readonly SubtaskId Source = new(0, 0);
    public static readonly SubtaskId Other = new(2, 0);
    public static readonly SubtaskId Sink = new(1, 0);
    public static readonly CheckpointId One = new(1);
    public static readonly CheckpointId Two = new(2);
    public static readonly CheckpointId Three = new(3);
    public static readonly CheckpointId Four = new(4);

    public static Requested Ask(long number, RequestKind kind) => new(new CheckpointRequest(number, kind));

    public static CheckpointProtocol New(int maxConcurrent, int tolerable) =>
        new([Source, Sink], [Source], default, maxConcurrent, tolerable);

    public static void Play(int maxConcurrent, int tolerable, params object[] script) => Play(New(maxConcurrent, tolerable), script);

    public static void Play(int maxConcurrent, int tolerable, SubtaskId[] sources, params object[] script) =>
        Play(new CheckpointProtocol([.. sources, Sink], [.. sources], default, maxConcurrent, tolerable), script);

    private static void Play(CheckpointProtocol protocol, object[] script)
    {
        for (var i = 0; i < script.Length; i += 2)
        {
            (protocol, var actions) = protocol.On((CheckpointEvent)script[i]);
            Assert.Equal($"{script[i]} → {script[i + 1]}", $"{script[i]} → {Text(actions)}");
        }
    }

    public static string Text(IEnumerable<CheckpointAction> actions) => string.Join("; ", actions.Select(action => action switch
    {
        InjectBarriers(var id, var isFinal) order => $"inject {(isFinal ? "final " : "")}{id.Value}"
            + (order.Kind is CheckpointKind.Periodic or CheckpointKind.Final ? "" : $" {order.Kind}")
            + (order.Requests.IsEmpty ? "" : $" for {string.Join(',', order.Requests)}"),
        Join(var request, var id) => $"join {request} {id.Value}",
        Refuse(var request, _) => $"refuse {request}",
        Save(var id) => $"save {id.Value}",
        Saved(var id) => $"saved {id.Value}",
        Decide(var id) => $"decide {id.Value}",
        AskOutcome(var id, _) => $"ask {id.Value}",
        Complete(var id, var isFinal) => $"complete {(isFinal ? "final " : "")}{id.Value}",
        Forget(var id, var why, _) => $"forget {id.Value} {why}",
        Remind(_, var subtasks) => $"remind {string.Join(' ', subtasks)}",
        FailAttempt => "fail",
        Finish => "finish",
        _ => throw new ArgumentOutOfRangeException(nameof(actions)),
    }));
}
