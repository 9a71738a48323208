namespace Weir.Runtime.Operators.Windows;

/// <summary>Bounds how much an operator does in one step beside making records.</summary>
internal sealed class Pace
{
    /// <summary>The most slots that are visited in one step: a few milliseconds.</summary>
    public const int SlotsAStep = 65_536;

    /// <summary>The most slots that are visited without asking.</summary>
    public const int Portion = 4096;

    // To clear new memory takes longer than to visit what is in use: pages have to be found for it.
    private const int ClearedAsVisited = 4;

    // Its table, its place among the open ones, its slot in the index: each a miss of the cache.
    private const int WindowAsSlots = 16;

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

    /// <summary>So many slots have been cleared.</summary>
    /// <returns>Whether it is time to stop.</returns>
    public bool IsOverByClearing(int slots) => IsOver(ClearedAsVisited * slots);

    /// <summary>A window has fired.</summary>
    /// <returns>Whether it is time to stop.</returns>
    public bool IsOverByWindow() => IsOver(WindowAsSlots);
}
