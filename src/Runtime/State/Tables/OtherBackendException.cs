namespace Weir.Runtime.State.Tables;

/// <summary>A checkpoint was taken by another state backend than that of the job: it is the same again at each start.</summary>
/// <param name="id">The operator's id.</param>
/// <param name="taken">The backend that took it.</param>
/// <param name="now">The job's backend.</param>
internal sealed class OtherBackendException(string id, string taken, string now)
    : Exception(
        $"The checkpoint holds the state of operator '{id}' as {taken} wrote it, and JobOptions.StateBackend is {now}. "
            + "A checkpoint is restored by the backend that took it: start the job with that backend once more, take a savepoint, "
            + "and start from the savepoint with the other backend."),
      IPermanentFailure;
