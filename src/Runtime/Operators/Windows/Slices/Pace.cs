namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>Bounds how much an operator does in one step beside making records.</summary>
internal sealed class Pace
{
    /// <summary>The most slots that are visited in one step: a few milliseconds.</summary>
    public const int SlotsAStep = 65_536;

    /// <summary>The most slots that are visited without asking.</summary>
    public const int Portion = 4096;

    private int _left;

    /// <summary>A step begins.</summary>
    public void Begin() => _left = SlotsAStep;

    /// <summary>So many slots have been visited.</summary>
    /// <returns>Whether it is time to stop.</returns>
    public bool IsOver(int slots)
    {
        _left -= slots;
        return _left <= 0;
    }
}
