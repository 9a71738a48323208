namespace Weir.Databases;

/// <summary>How many rows are sent at a time: as many as take about 50 ms, so that a barrier never waits long behind one piece.</summary>
/// <param name="Rows">The number.</param>
internal readonly record struct PieceSize(int Rows)
{
    /// <summary>The fewest rows of a piece.</summary>
    public const int Least = 256;

    /// <summary>The most rows of a piece.</summary>
    public const int Most = 16_384;

    private const double TargetMs = 50;

    /// <summary>Before anything is known.</summary>
    public static readonly PieceSize Initial = new(1024);

    /// <summary>The size of the next piece: never more than twice this one, so that one quick piece does not make a huge one.</summary>
    /// <param name="rows">How many rows the last piece had.</param>
    /// <param name="took">How long it took.</param>
    public PieceSize After(int rows, TimeSpan took)
    {
        var fitting = rows * TargetMs / Math.Max(took.TotalMilliseconds, 0.01);
        return new PieceSize((int)Math.Clamp(Math.Min(fitting, Rows * 2.0), Least, Most));
    }
}
