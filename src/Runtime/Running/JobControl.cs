using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Running;

/// <summary>What users ask of a running job, and its checkpoints so far: over all attempts.</summary>
/// <param name="job">The job's name.</param>
/// <param name="time">The job's clock.</param>
/// <param name="files">Where savepoints are; null for the machine's file system.</param>
internal sealed class JobControl(string job, TimeProvider time, IFileSystem? files = null)
{
    public CheckpointRequests Requests { get; } = new(job);

    public CheckpointHistory History { get; } = new(time);

    /// <summary>The directory of a savepoint.</summary>
    public SavepointDirectory Savepoint(string path) => new(files ?? PhysicalFileSystem.Instance, path);

    /// <summary>Asks for a savepoint, once its directory is there and can be written to.</summary>
    /// <param name="kind">With or without a stop.</param>
    /// <param name="path">The directory.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<JobCheckpoint> SaveAsync(RequestKind kind, string path, CancellationToken cancellation)
    {
        var directory = Savepoint(path);
        await Task.Run(directory.Claim, cancellation).ConfigureAwait(false);
        var isUnderWay = false;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var asked = Requests.Ask(kind, directory);
            var withdrawal = cancellation.UnsafeRegister(
                (_, token) => isUnderWay = !Requests.Withdraw(asked, token), null);
            await using (withdrawal.ConfigureAwait(false))
            {
                return await asked.Answer.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            // What is being written finishes, or says of itself that it is unfinished.
            if (!isUnderWay)
            {
                await Task.Run(directory.Abandon, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>An attempt has ended, well or badly.</summary>
    /// <param name="failure">Why; null if all of it was done.</param>
    public void EndAttempt(Exception? failure)
    {
        History.EndAttempt();
        Requests.EndAttempt(failure);
    }
}
