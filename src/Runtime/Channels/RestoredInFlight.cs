using Weir.Runtime.State;

namespace Weir.Runtime.Channels;

/// <summary>What a checkpoint held in flight in front of the subtasks of one chain.</summary>
/// <param name="Received">What each of its old subtasks had not taken in, in order of their indexes.</param>
/// <param name="Sent">What their senders had kept for them: by edge, what each old sender had.</param>
internal sealed record RestoredInFlight(
    IReadOnlyList<OperatorState> Received, IReadOnlyDictionary<string, IReadOnlyList<OperatorState>> Sent);
