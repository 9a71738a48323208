using System.Collections.Immutable;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>What somebody may ask of a job's checkpoints. The more urgent has the greater number (G6).</summary>
internal enum RequestKind
{
    /// <summary>A checkpoint now.</summary>
    Checkpoint,

    /// <summary>A savepoint; the job goes on.</summary>
    Savepoint,

    /// <summary>The job stops behind a last checkpoint.</summary>
    Stop,

    /// <summary>The job stops behind a last checkpoint, of which a savepoint is made.</summary>
    StopWithSavepoint,
}

/// <summary>Something that was asked.</summary>
/// <param name="Number">Tells it from others; greater than those before.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct CheckpointRequest(long Number, RequestKind Kind);

/// <summary>Requests that wait until they may begin, the most urgent first, among equals the oldest: semantics G6. Pure.</summary>
/// <param name="Capacity">How many may wait.</param>
internal sealed record RequestQueue(int Capacity)
{
    public ImmutableArray<CheckpointRequest> Waiting { get; private init; } = [];

    public bool IsEmpty => Waiting.IsEmpty;

    /// <summary>The requests of a kind, oldest first.</summary>
    public ImmutableArray<long> Of(RequestKind kind) =>
        [.. Waiting.Where(request => request.Kind == kind).Select(request => request.Number)];

    /// <summary>Adds a request.</summary>
    /// <returns>The queue, and the request that it has no room for: the least urgent of all, the youngest of those.</returns>
    public (RequestQueue Next, CheckpointRequest? Dropped) Add(CheckpointRequest request)
    {
        var place = Waiting.TakeWhile(other => other.Kind >= request.Kind).Count();
        var all = Waiting.Insert(place, request);
        return all.Length <= Capacity
            ? (this with { Waiting = all }, null)
            : (this with { Waiting = all.RemoveAt(Capacity) }, all[Capacity]);
    }

    public RequestQueue Remove(long number) => this with { Waiting = Waiting.RemoveAll(request => request.Number == number) };

    public RequestQueue RemoveAll(RequestKind kind) => this with { Waiting = Waiting.RemoveAll(request => request.Kind == kind) };
}
