namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>Decides, a batch at a time, whether records wander among windows or stay in one for long.</summary>
/// <remarks>
/// A kernel that takes them to stay asks the operator for each window that it comes to: that is counted. One that takes them to wander
/// asks for none, so that nobody would see that they stay again: it is tried now and then.
/// </remarks>
internal struct Wandering
{
    // So many moves in one batch, or half of them in each: fewer cost less than to look at each record.
    private const int ManyMoves = 128;

    // Of so many batches one is tried.
    private const int Batches = 16;

    private int _moves;
    private int _left;

    /// <summary>Gets a value indicating whether records wander in this batch.</summary>
    public bool IsOn { get; private set; }

    /// <summary>A batch begins.</summary>
    /// <param name="mayWander">Whether the recent windows may be looked at.</param>
    public void Begin(bool mayWander)
    {
        _moves /= 2;
        _left = Math.Max(0, _left - 1);
        IsOn = mayWander && _left > 0;
    }

    /// <summary>The operator was asked for the window of a record.</summary>
    /// <param name="mayWander">Whether the recent windows may be looked at.</param>
    public void Move(bool mayWander)
    {
        if (++_moves >= ManyMoves && mayWander)
        {
            (_moves, _left, IsOn) = (0, Batches, true);
        }
    }
}
