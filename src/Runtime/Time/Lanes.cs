namespace Weir.Runtime.Time;

/// <summary>The inputs of a subtask that watermarks are made for: the splits of its source, or the channels of its gate.</summary>
/// <remarks>
/// Owned by the head of the chain, watched by the operators that assign event times. Single-threaded. A lane that has ended is taken again
/// for the next input, so that a hundred thousand files need no more lanes than are read at a time.
/// </remarks>
public sealed class Lanes
{
    private readonly List<Lane> _lanes = [];
    private readonly List<Func<int, bool>> _limits = [];

    /// <summary>Raised between batches when a lane has been added or its status has changed.</summary>
    public event Action? Changed;

    /// <summary>Raised when a lane that had ended begins anew with another input.</summary>
    public event Action<int>? Replaced;

    /// <summary>Raised when a lane that waited for others may be read again.</summary>
    public event Action<int>? Resumed;

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
            _lanes.Add(new Lane(name, LaneStatus.Active));
        }

        Changed?.Invoke();
        return first;
    }

    /// <summary>The same, with what they are called when people are told of them.</summary>
    internal int Add(IEnumerable<(string Name, string Label)> names)
    {
        var first = _lanes.Count;
        _lanes.AddRange(names.Select(added => new Lane(added.Name, LaneStatus.Active, added.Label)));
        Changed?.Invoke();
        return first;
    }

    /// <summary>Begins a lane anew with another input that has delivered nothing yet.</summary>
    /// <param name="lane">A lane that has ended.</param>
    /// <param name="name">The name of its input, the same after a recovery.</param>
    /// <param name="label">What it is called when people are told of it; null for its name.</param>
    public void Replace(int lane, string name, string? label = null)
    {
        Invariant.Holds(_lanes[lane].Status == LaneStatus.Ended, $"lane '{_lanes[lane].Name}' was given away before it had ended");
        _lanes[lane] = new Lane(name, LaneStatus.Active, label);
        Replaced?.Invoke(lane);
        Changed?.Invoke();
    }

    /// <summary>Goes on with another input on the same lane: what it has promised stands, for the next input is later in time.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="name">The name of the next input, the same after a recovery.</param>
    /// <param name="label">What it is called when people are told of it; null for its name.</param>
    public void Continue(int lane, string name, string? label = null)
    {
        _lanes[lane] = new Lane(name, LaneStatus.Active, label);
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
            _lanes[lane] = _lanes[lane] with { Status = status };
            Changed?.Invoke();
        }
    }

    /// <summary>What a lane is called when people are told of it: its split, where its name is for machines.</summary>
    /// <param name="lane">Its number.</param>
    /// <returns>The label, or its name if it has none.</returns>
    internal string LabelOf(int lane) => _lanes[lane].Label ?? _lanes[lane].Name;

    /// <summary>Gets or sets who is woken when a lane that waits may be read again. Set by the head, called by any thread.</summary>
    internal Action? Wake { get; set; }

    /// <summary>Gets a value indicating whether lanes may have to wait.</summary>
    internal bool HaveLimits => _limits.Count > 0;

    /// <summary>Has lanes wait for others.</summary>
    /// <param name="mayRead">Whether a lane may be read now. If not, the head is woken when it may.</param>
    internal void Limit(Func<int, bool> mayRead) => _limits.Add(mayRead);

    /// <summary>Whether a lane waits for others, as of the last <see cref="Look"/>: nobody can say that it is silent.</summary>
    internal bool IsPaused(int lane) => _lanes[lane].IsPaused;

    /// <summary>Looks whether a lane has to wait. The head asks before it reads.</summary>
    /// <returns>Whether it may be read.</returns>
    internal bool Look(int lane)
    {
        var mayRead = true;
        foreach (var limit in _limits)
        {
            mayRead &= limit(lane);
        }

        if (_lanes[lane].IsPaused == mayRead)
        {
            _lanes[lane] = _lanes[lane] with { IsPaused = !mayRead };
            if (mayRead)
            {
                Resumed?.Invoke(lane);
            }
        }

        return mayRead;
    }

    private readonly record struct Lane(string Name, LaneStatus Status, string? Label = null, bool IsPaused = false);
}
