namespace Weir.Runtime.Running;

/// <summary>
/// Counts failures that are the same one again: a function of the user's that throws at the same place will throw there after every
/// restart.
/// </summary>
/// <remarks>
/// Two failures are the same if the same operator threw the same type of exception on records from the same place of the source. Where
/// no source is known (behind an exchange) the message must be the same as well, and no newer checkpoint may have come between. A pipeline
/// that cannot be built fails the same if it says the same.
/// A failure of the outside world (files, networks, time-outs) is never the same: it may be gone after a restart.
/// </remarks>
/// <param name="Limit">How many in a row are enough to give up; 0 for never.</param>
internal sealed record RepeatedFailure(int Limit)
{
    /// <summary>Gets how many of the last failures were the same.</summary>
    public int Count { get; init; }

    /// <summary>Gets a value indicating whether a restart would fail again in the same way.</summary>
    public bool IsExceeded => Limit > 0 && Count >= Limit;

    private Signature? Last { get; init; }

    /// <summary>Notes a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="newest">The newest checkpoint at that time; null if there is none.</param>
    public RepeatedFailure OnFailure(Exception failure, CheckpointName? newest)
    {
        var now = SignatureOf(failure, newest);
        return now is not null && Last?.Narrow(now) is { } both
            ? this with { Last = both, Count = Count + 1 }
            : this with { Last = now, Count = now is null ? 0 : 1 };
    }

    /// <summary>Whether the outside world has failed: it may be well again after a restart.</summary>
    /// <param name="failure">What was thrown.</param>
    public static bool IsOutside(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or TimeoutException or OperationCanceledException or UnauthorizedAccessException
                or OutOfMemoryException || IsOfNetwork(cause))
            {
                return true;
            }
        }

        return false;
    }

    private static Signature? SignatureOf(Exception failure, CheckpointName? newest)
    {
        if (failure is UnbuiltException { InnerException: { } reason })
        {
            return new Signature("", reason.GetType(), null, reason.Message, null);
        }

        if (failure is not OperatorException { InnerException: { } cause } thrown || !thrown.IsInFunction || IsOutside(cause))
        {
            return null;
        }

        return thrown.Records is { } records
            ? new Signature(thrown.OperatorId, cause.GetType(), records, null, null)
            : new Signature(thrown.OperatorId, cause.GetType(), null, cause.Message, newest);
    }

    // By name: to load their assemblies takes open files, and those may be what a job has failed for want of.
    private static bool IsOfNetwork(Exception failure)
    {
        for (var type = failure.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName is "System.Net.Sockets.SocketException" or "System.Data.Common.DbException"
                or "System.Net.Http.HttpRequestException")
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Signature(string Operator, Type Exception, RecordRange? Records, string? Message, CheckpointName? Newest)
    {
        // A checkpoint moves where batches begin: the failing record is one that all of the failed batches held.
        public Signature? Narrow(Signature other) => (Records, other.Records) switch
        {
            ({ } ours, { } theirs) when this with { Records = theirs } == other =>
                ours.Intersect(theirs) is { } both ? this with { Records = both } : null,
            (null, null) when this == other => this,
            _ => null,
        };
    }
}
