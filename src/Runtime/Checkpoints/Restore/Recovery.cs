using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Store;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>
/// Finds where an attempt begins: the newest decided checkpoint that can be restored. Never a partial one, and never nothing where there
/// was something.
/// </summary>
internal sealed class Recovery
{
    private readonly string _job;
    private readonly ICheckpointStore _store;
    private readonly RecoveryPoint _point;
    private readonly Action<JobEvent> _onEvent;
    private readonly CheckpointReader _reader;
    private readonly Queue<CheckpointName> _untried;
    private readonly List<(CheckpointName Checkpoint, string Reason)> _unusable = [];

    private LoadedCheckpoint? _untriedSavepoint;

    private Recovery(string job, ICheckpointStore store, RecoveryPoint point, Action<JobEvent> onEvent, RestoreMeter? meter)
    {
        _job = job;
        _store = store;
        _point = point;
        _onEvent = onEvent;
        _reader = new CheckpointReader(job, store, meter);
        _untried = new Queue<CheckpointName>(point.Candidates);
    }

    /// <summary>Gets the attempt; earlier ones are shut out.</summary>
    public long Attempt => _point.Attempt;

    /// <summary>
    /// Gets the life of the job that the attempt belongs to: a checkpoint knows best, for whoever copies one elsewhere leaves the store's
    /// records behind.
    /// </summary>
    /// <param name="checkpoint">The checkpoint that it continues from; null for none.</param>
    public RunId RunOf(LoadedCheckpoint? checkpoint) =>
        checkpoint is { Manifest: var manifest } && (checkpoint != Savepoint || Continues(manifest)) ? manifest.RunId : _point.RunId;

    /// <summary>The savepoints that the attempt goes back to. Who begins with one, as its options said, goes back to no other.</summary>
    /// <param name="checkpoint">What the attempt continues from; null for nothing.</param>
    public ImmutableArray<SavepointIdentity> OriginsOf(LoadedCheckpoint? checkpoint) =>
        checkpoint is null ? [] : checkpoint == Savepoint ? [checkpoint.Manifest.Identity] : checkpoint.Manifest.Origins;

    /// <summary>Gets the savepoint that the attempt begins with; null for none.</summary>
    public LoadedCheckpoint? Savepoint { get; private init; }

    /// <summary>Gets the greatest number in use: the attempt counts on from it.</summary>
    public CheckpointId Last => new(Math.Max(
        Math.Max(_point.Last.Value, _point.Candidates.Count == 0 ? 0 : _point.Candidates[0].Id.Value),
        Savepoint?.Manifest.Name.Id.Value ?? 0));

    /// <summary>Gets the least number of a checkpoint that exists; null if none does.</summary>
    public CheckpointId? Oldest => _point.Candidates.Count == 0 ? null : _point.Candidates.Min(checkpoint => checkpoint.Id);

    /// <summary>Gets the decided checkpoints that turned out to be damaged, newest first.</summary>
    public IReadOnlyList<CheckpointName> Damaged => [.. _unusable.Select(pair => pair.Checkpoint)];

    /// <summary>Shuts earlier attempts out.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="store">The store.</param>
    /// <param name="arbiter">Who decides.</param>
    /// <param name="newRun">The id of the life that begins, if there was no attempt before.</param>
    /// <param name="onEvent">What is told of checkpoints that cannot be used.</param>
    /// <param name="meter">Counts what is read of checkpoints; null for nobody who wants to know.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async ValueTask<Recovery> BeginAsync(
        string job, ICheckpointStore store, ICheckpointArbiter arbiter, RunId newRun, Action<JobEvent> onEvent, RestoreMeter? meter,
            CancellationToken cancellation) =>
        new(job, store, await arbiter.FenceAndReadAsync(newRun, cancellation).ConfigureAwait(false), onEvent, meter);

    /// <summary>
    /// Has the attempt begin with a savepoint, unless the newest checkpoint goes back to that very savepoint: then the job has begun with
    /// it before, or has gone on from the store's own copy of it, and what it committed since must not be written again.
    /// </summary>
    /// <remarks>
    /// The attempt's number is above that of the savepoint, so that its checkpoints are newer than the savepoint in every place that
    /// compares names.
    /// </remarks>
    /// <param name="directory">The savepoint.</param>
    /// <param name="arbiter">Who decides: asked for further attempts.</param>
    /// <param name="newRun">The id of the life that begins, if there was no attempt before.</param>
    /// <param name="meter">Counts what is read of the state.</param>
    /// <param name="isNewRun">Whether a run begins: then the user is told if the savepoint is not begun with.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The recovery to go on with.</returns>
    /// <exception cref="JobException">The savepoint cannot be used.</exception>
    public async ValueTask<Recovery> WithAsync(
        SavepointDirectory directory,
        ICheckpointArbiter arbiter,
        RunId newRun,
        RestoreMeter? meter,
        bool isNewRun,
        CancellationToken cancellation)
    {
        var savepoint = await ReadAsync(directory, meter, cancellation).ConfigureAwait(false);
        if (await SavepointLineage.HasBegunAsync(_reader, _point.Candidates, savepoint.Manifest.Identity, cancellation)
            .ConfigureAwait(false))
        {
            savepoint.Dispose();
            if (isNewRun)
            {
                _onEvent(new JobEvent.Warning(
                    $"Job '{_job}' continues from {_point.Candidates[0]}, its newest checkpoint, and not from the savepoint "
                        + $"'{directory.Path}' ({nameof(JobOptions.RestoreFrom)}): it has begun with that before. To begin with it again, "
                        + $"give the job another {nameof(JobOptions.CheckpointDirectory)}.",
                    null));
            }

            return this;
        }

        var point = _point;
        while (point.Attempt <= savepoint.Manifest.Name.Attempt)
        {
            await _store.ReleaseAsync(_job, point.Attempt).ConfigureAwait(false);
            point = await arbiter.FenceAndReadAsync(newRun, cancellation).ConfigureAwait(false);
        }

        return new Recovery(_job, _store, point, _onEvent, meter) { Savepoint = savepoint, _untriedSavepoint = savepoint };
    }

    /// <summary>
    /// Reads and verifies the newest checkpoint that has not been refused; null if there never was one: the job's first start.
    /// </summary>
    /// <exception cref="JobException">There were some, and none is left.</exception>
    public async ValueTask<LoadedCheckpoint?> NextAsync(CancellationToken cancellation)
    {
        if (Savepoint is not null)
        {
            // What somebody asked for by name is not replaced by something else.
            return Interlocked.Exchange(ref _untriedSavepoint, null) ?? throw new JobException(
                $"Job '{_job}' cannot begin with the savepoint of {Savepoint.Manifest.Name}: {Reasons()}.");
        }

        while (_untried.TryDequeue(out var candidate))
        {
            try
            {
                return await _reader.ReadAsync(candidate, cancellation).ConfigureAwait(false);
            }
            catch (UnusableCheckpointException damage)
            {
                await RefuseAsync(candidate, damage, cancellation).ConfigureAwait(false);
            }
        }

        return _point.Candidates.Count == 0 ? null : throw new JobException(
            $"Job '{_job}' cannot continue: every checkpoint in {_store.Description} is damaged ({Reasons()}). "
            + "Restore the directory from a copy, or move it away to start from nothing; then also move away the output, which would be "
            + "written again.");
    }

    /// <summary>Gives a checkpoint up: it is damaged, or holds what nobody can read.</summary>
    /// <exception cref="FencedException">This attempt is not the newest any more: what it found may be its successor's doing.</exception>
    public async ValueTask RefuseAsync(CheckpointName checkpoint, UnusableCheckpointException damage, CancellationToken cancellation)
    {
        await _store.CheckFenceAsync(_job, Attempt, cancellation).ConfigureAwait(false);
        if (Savepoint is null && checkpoint != _point.Candidates[0]
            && !(await _store.ListAsync(_job, cancellation).ConfigureAwait(false)).Contains(checkpoint))
        {
            // An attempt that was being shut out deleted it for newer ones: that is no damage.
            return;
        }

        _onEvent(new JobEvent.CheckpointUnusable(checkpoint, damage.Message));
        _unusable.Add((checkpoint, damage.Message));
    }

    /// <summary>A checkpoint has been restored: says so if it is not the newest.</summary>
    public void Restored(CheckpointName checkpoint)
    {
        if (_unusable.Count > 0)
        {
            _onEvent(new JobEvent.Warning(
                $"Job '{_job}' continues from {checkpoint} instead of {_point.Candidates[0]}, which is damaged "
                + $"({(_unusable.Count == 1 ? _unusable[0].Reason : Reasons())}). "
                + $"Nothing is lost, but what sinks committed after {checkpoint} is written again. Files that are still there are "
                + "withdrawn first; look for duplicates in other outputs.",
                null));
        }
    }

    /// <summary>Puts what the store holds on a shelf, from which the attempt deletes what it has made superfluous.</summary>
    public async ValueTask<CheckpointShelf> ShelveAsync(int retained, CancellationToken cancellation)
    {
        var files = (await _store.ListSharedAsync(_job, cancellation).ConfigureAwait(false)).Where(file => file.Attempt < Attempt).ToList();
        var existing = new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?>();
        foreach (var checkpoint in _point.Candidates)
        {
            existing[checkpoint] = files.Count == 0 ? [] : await ReferencesAsync(checkpoint, cancellation).ConfigureAwait(false);
        }

        var undecided = (await _store.ListAsync(_job, cancellation).ConfigureAwait(false)).Except(_point.Candidates);
        return new CheckpointShelf(existing, undecided, files, retained);
    }

    // A savepoint of a job that was stopped ends its life there, and whoever begins with it goes on with that life. One of a job that went
    // on is a branch: only in the store of that very life it is a way back.
    private bool Continues(Manifest savepoint) => savepoint.Job == _job && (savepoint.IsLast || savepoint.RunId == _point.RunId);

    private async ValueTask<LoadedCheckpoint> ReadAsync(SavepointDirectory directory, RestoreMeter? meter, CancellationToken cancellation)
    {
        try
        {
            return await SavepointReader.ReadAsync(directory, meter, cancellation).ConfigureAwait(false);
        }
        catch (Exception damage) when (damage is UnusableCheckpointException or OtherFormatException)
        {
            throw SavepointReader.Refuse(_job, directory, damage);
        }
    }

    private async ValueTask<IReadOnlyCollection<SharedFile>?> ReferencesAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        try
        {
            return [.. (await _reader.ReadManifestAsync(checkpoint, cancellation).ConfigureAwait(false)).SharedFiles];
        }
        catch (Exception failure) when (failure is UnusableCheckpointException or JobException or IOException)
        {
            return null;
        }
    }

    private string Reasons() =>
        _unusable.Count == 0 ? "they were deleted meanwhile"
            : string.Join("; ", _unusable.Select(pair => $"{pair.Checkpoint}: {pair.Reason}"));
}
