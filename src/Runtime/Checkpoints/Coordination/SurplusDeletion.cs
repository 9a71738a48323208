using Weir.Runtime.Kernels;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>Deletes what the shelf no longer needs: best effort, and tried again.</summary>
/// <param name="job">The attempt.</param>
/// <param name="shelf">What there is.</param>
/// <param name="work">Where it is done.</param>
/// <param name="warnOf">Told what could not be deleted; of null, too.</param>
internal sealed class SurplusDeletion(JobContext job, CheckpointShelf shelf, PendingWork work, Action<Exception?> warnOf)
{
    private bool _isDeleting;
    private bool _isDeletingFiles;

    /// <summary>Deletes a checkpoint that was given up, as far as it is there by now.</summary>
    public void Delete(CheckpointName checkpoint) => Delete([checkpoint], isForGood: false);

    /// <summary>
    /// Deletes what has become superfluous, when a checkpoint has completed: checkpoints, and then the files that only they referred to, or
    /// that a killed attempt has left behind.
    /// </summary>
    public void DeleteSurplus()
    {
        if (_isDeleting)
        {
            return;
        }

        if (shelf.Surplus() is { Count: > 0 } surplus)
        {
            _isDeleting = true;
            Delete(surplus, isForGood: true);
        }
        else
        {
            DeleteFiles();
        }
    }

    private void Delete(IReadOnlyList<CheckpointName> surplus, bool isForGood)
    {
        var deleted = new List<CheckpointName>();
        work.Start(
            $"delete {surplus[0].Id}",
            async cancellation =>
            {
                foreach (var checkpoint in surplus)
                {
                    await job.Store.DeleteAsync(job.Name, job.Attempt, checkpoint, cancellation).ConfigureAwait(false);
                    deleted.Add(checkpoint);
                }

                return true;
            },
            pending =>
            {
                if (isForGood)
                {
                    _isDeleting = false;
                    deleted.ForEach(shelf.Remove);
                    DeleteFiles();
                }

                warnOf(pending.Failure);
                if (isForGood && pending.Failure is null)
                {
                    // What became superfluous meanwhile: there may be no later checkpoint that would see to it.
                    DeleteSurplus();
                }
            });
    }

    private void DeleteFiles()
    {
        if (_isDeletingFiles || shelf.Unreferenced() is not { Count: > 0 } files)
        {
            return;
        }

        _isDeletingFiles = true;
        var deleted = new List<SharedFile>();
        work.Start(
            "delete shared files",
            async cancellation =>
            {
                foreach (var file in files)
                {
                    await job.Store.DeleteSharedAsync(job.Name, job.Attempt, file, cancellation).ConfigureAwait(false);
                    deleted.Add(file);
                }

                return true;
            },
            pending =>
            {
                _isDeletingFiles = false;
                deleted.ForEach(shelf.Remove);
                warnOf(pending.Failure);
                if (pending.Failure is null)
                {
                    DeleteFiles();
                }
            });
    }
}
