namespace Weir.PostgreSql.Changes;

/// <summary>How far the log has been taken in. Between transactions it moves on with the log.</summary>
/// <remarks>
/// A checkpoint may have confirmed any place that was shown. So the place stays where it has moved to when the next transaction begins to
/// come: if it went back, the next checkpoint would ask for log that the server has forgotten.
/// </remarks>
/// <param name="from">Where it begins.</param>
internal sealed class LogPlace(Offset from)
{
    /// <summary>Gets the place.</summary>
    public Offset Offset { get; private set; } = from;

    /// <summary>A delivery has been taken: its place counts.</summary>
    public void Take(Offset behind) => Offset = behind;

    /// <summary>The server has sent its log up to here, and all of it has been taken.</summary>
    /// <param name="received">Where; anything not behind the place, and 0, says nothing.</param>
    public void FollowTo(long received)
    {
        if (Offset.Within == 0 && received > Offset.Value)
        {
            Offset = new Offset(received);
        }
    }

    /// <summary>From where a new connection asks: what is fetched ahead counts, unless a confirmed place is behind it.</summary>
    /// <param name="fetched">Behind what was fetched last.</param>
    /// <param name="confirmed">What the server was told.</param>
    public static Offset Resume(Offset fetched, long confirmed) => confirmed > fetched.Value ? new Offset(confirmed) : fetched;
}
