using System.Collections.Immutable;
using Weir.Runtime.Channels;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>What a checkpoint holds of what was in flight, and who takes it over.</summary>
internal sealed class StoredInFlight
{
    private readonly string _job;
    private readonly string _checkpoint;
    private readonly bool _isInterpreted;
    private readonly ImmutableArray<ManifestOperator> _stored;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<OperatorState>> _ends;

    private StoredInFlight(Manifest? manifest, IReadOnlyDictionary<string, IReadOnlyList<OperatorState>> ends)
    {
        _job = manifest?.Job ?? "";
        _checkpoint = $"{manifest?.Name}";
        _isInterpreted = manifest?.IsInterpreted ?? false;
        _stored = manifest?.Operators ?? [];
        _ends = ends;
        Edges = _ends.Values.SelectMany(states => states)
            .SelectMany(MarkOf)
            .SelectMany(mark => mark.Edges)
            .Where(edge => edge.Elements > 0)
            .Select(edge => edge.Edge)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Gets the names of the edges on which something was in flight.</summary>
    public IReadOnlySet<string> Edges { get; }

    /// <summary>What a checkpoint holds; nothing if there is none.</summary>
    /// <exception cref="UnusableCheckpointException">It cannot be read.</exception>
    public static StoredInFlight Of(LoadedCheckpoint? checkpoint)
    {
        try
        {
            return new StoredInFlight(checkpoint?.Manifest, (checkpoint?.Manifest.Operators ?? [])
                .Where(stored => InFlightIds.Is(stored.Id))
                .ToDictionary(
                    stored => stored.Id,
                    stored => (IReadOnlyList<OperatorState>)checkpoint!.StatesOf(stored),
                    StringComparer.Ordinal));
        }
        catch (InvalidDataException damage)
        {
            throw new UnusableCheckpointException("what was in flight", damage.Message, damage);
        }
    }

    /// <summary>What states hold, by the ids that <see cref="InFlightIds"/> gives them.</summary>
    public static StoredInFlight Of(IReadOnlyDictionary<string, IReadOnlyList<OperatorState>> ends) => new(null, ends);

    /// <summary>A manifest without what was in flight: what operators remembered.</summary>
    public static Manifest Without(Manifest manifest) =>
        manifest with { Operators = [.. manifest.Operators.Where(stored => !InFlightIds.Is(stored.Id))] };

    /// <summary>Throws what tells the user why it cannot be taken over.</summary>
    /// <param name="subtasks">The subtasks of the job as it is now.</param>
    /// <param name="options">The job's options.</param>
    /// <param name="warn">What is told of records that are given up.</param>
    /// <exception cref="JobException">The pipeline has no such edge any more, or its records have another form.</exception>
    public void Check(IReadOnlyList<ISubtask> subtasks, JobOptions options, Action<string> warn)
    {
        var now = subtasks.SelectMany(subtask => subtask.InputEdges).ToHashSet(StringComparer.Ordinal);
        foreach (var edge in Edges.Where(edge => !now.Contains(edge)).Order(StringComparer.Ordinal))
        {
            var lost = $"{_checkpoint} of job '{_job}' holds records that were in flight from {edge}, and the pipeline has no such edge "
                + "any more";
            if (!options.AllowNonRestoredState)
            {
                throw new JobException(
                    $"{lost}: nobody could take them in. Run the former pipeline once more and end it by StopAsync or a savepoint, "
                        + "which leave nothing in flight, before you change verbs or ids on the way of records. "
                    + $"To give the records up, set {nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)}.");
            }

            warn($"{lost}: they are given up.");
        }

        foreach (var end in subtasks.SelectMany(subtask => subtask.InFlight).DistinctBy(end => end.Id, StringComparer.Ordinal))
        {
            if (Edges.Count > 0 && _stored.FirstOrDefault(stored => stored.Id == end.Id) is { } stored
                && SchemaDifference.Of(stored.Schemas, end.Schemas, _isInterpreted, allowsLoss: false, null) is { } difference)
            {
                throw new JobException(
                    $"The records in {_checkpoint} of job '{_job}' that were {end.Id} have another form than the job's: {difference.Text}. "
                        + difference.Advice);
            }
        }
    }

    /// <summary>What a subtask and its siblings take over; null if nothing was in flight anywhere.</summary>
    public RestoredInFlight? For(ISubtask subtask)
    {
        if (Edges.Count == 0 || subtask.HasSource)
        {
            return null;
        }

        var received = subtask.InFlight.Select(end => end.Id)
            .Single(id => id.StartsWith(InFlightIds.Received(""), StringComparison.Ordinal));
        if (!_ends.TryGetValue(received, out var stored))
        {
            return null;
        }

        return new RestoredInFlight(stored, subtask.InputEdges
            .Where(edge => _ends.ContainsKey(InFlightIds.Sent(edge)))
            .ToDictionary(
                edge => edge, edge => _ends[InFlightIds.Sent(edge)], StringComparer.Ordinal));
    }

    private static IEnumerable<InFlightMark> MarkOf(OperatorState state) => state.Items.Select(InFlightMarkCodec.Instance.Decode);
}
