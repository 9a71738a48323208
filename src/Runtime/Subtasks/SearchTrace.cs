using Weir.Graph;
using Weir.Runtime.Operators;

namespace Weir.Runtime.Subtasks;

/// <summary>What a search for a failed record has come to.</summary>
/// <param name="sought">The failure that is looked for.</param>
internal sealed class SearchTrace(Exception sought)
{
    private Stage? _asked;
    private int _made;

    /// <summary>Gets the stage that failed in the same way; null if none has.</summary>
    public Stage? Failed { get; private set; }

    /// <summary>Gets what it said then.</summary>
    public string? Cause { get; private set; }

    /// <summary>Gets the event time of the record that is being asked about; null if it has none.</summary>
    public long? Time { get; private set; }

    /// <summary>Gets the event times of the records that came to the end of the path.</summary>
    public TimeRange? Arrived { get; private set; }

    /// <summary>Gets or sets a value indicating whether all records have gone through without a failure.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Gets a value indicating whether few enough records have been made.</summary>
    public bool MayGoOn => _made <= RecordSearch.MostMade;

    /// <summary>A function is asked.</summary>
    /// <param name="stage">Whose function.</param>
    /// <param name="time">The event time of the record.</param>
    public void Ask(Stage stage, long? time) => (_asked, Time) = (stage, time);

    /// <summary>A record is made of another one, beside the first.</summary>
    /// <returns>Whether more may be.</returns>
    public bool Make() => ++_made <= RecordSearch.MostMade;

    /// <summary>A record has come to the end of the path.</summary>
    public void Arrive(long? time)
    {
        if (time is { } known)
        {
            Arrived = Arrived?.With(known) ?? new TimeRange(known, known);
        }
    }

    /// <summary>A function failed. Another failure than the one looked for says nothing.</summary>
    public void OnFailure(Exception again)
    {
        // Each loop says in its own words which key is null.
        if (again.GetType() == sought.GetType() && (again is NullKeyException || again.Message == sought.Message))
        {
            (Failed, Cause) = (_asked, again.Message);
        }
    }
}
