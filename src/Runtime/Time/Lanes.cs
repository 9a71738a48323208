namespace Weir.Runtime.Time;

/// <summary>The inputs of a subtask that watermarks are made for: the splits of its source, or the channels of its gate.</summary>
/// <remarks>
/// Owned by the head of the chain, watched by the operators that assign event times. Single-threaded. A lane that has ended is taken again
/// for the next input, so that a hundred thousand files need no more lanes than are read at a time.
/// </remarks>
public sealed class Lanes
{
    private readonly List<(string Name, LaneStatus Status)> _lanes = [];

    /// <summary>Raised between batches when a lane has been added or its status has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised when a lane that had ended begins anew with another input.</summary>
    public event Action<int>? Replaced;

    /// <summary>
    /// Gets a value indicating whether the one lane is the stream itself, and so is idle when the stream says that it is.
    /// </summary>
    public bool FollowsStream { get; init; }

    /// <summary>Gets the number of lanes.</summary>
    public int Count => _lanes.Count;

    /// <summary>
    /// Adds lanes that have delivered nothing yet: they hold the watermark back. Together, so that nobody is told of one before the
    /// others are there to hold it back.
    /// </summary>
    /// <param name="names">Names that are the same after a recovery.</param>
    /// <returns>The number of the first.</returns>
    public int Add(params ReadOnlySpan<string> names)
    {
        var first = _lanes.Count;
        foreach (var name in names)
        {
            _lanes.Add((name, LaneStatus.Active));
        }

        Changed?.Invoke();
        return first;
    }

    /// <summary>Begins a lane anew with another input that has delivered nothing yet.</summary>
    /// <param name="lane">A lane that has ended.</param>
    /// <param name="name">The name of its input, the same after a recovery.</param>
    public void Replace(int lane, string name)
    {
        Invariant.Holds(_lanes[lane].Status == LaneStatus.Ended, $"lane '{_lanes[lane].Name}' was given away before it had ended");
        _lanes[lane] = (name, LaneStatus.Active);
        Replaced?.Invoke(lane);
        Changed?.Invoke();
    }

    /// <summary>Goes on with another input on the same lane: what it has promised stands, for the next input is later in time.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="name">The name of the next input, the same after a recovery.</param>
    public void Continue(int lane, string name)
    {
        _lanes[lane] = (name, LaneStatus.Active);
        Changed?.Invoke();
    }

    /// <summary>The name of a lane.</summary>
    /// <param name="lane">Its number.</param>
    /// <returns>Its name.</returns>
    public string NameOf(int lane) => _lanes[lane].Name;

    /// <summary>The status of a lane.</summary>
    /// <param name="lane">Its number.</param>
    /// <returns>Its status.</returns>
    public LaneStatus StatusOf(int lane) => _lanes[lane].Status;

    /// <summary>Changes the status of a lane.</summary>
    /// <param name="lane">Its number.</param>
    /// <param name="status">What it is now.</param>
    public void Set(int lane, LaneStatus status)
    {
        if (_lanes[lane].Status != status)
        {
            _lanes[lane] = (_lanes[lane].Name, status);
            Changed?.Invoke();
        }
    }
}
