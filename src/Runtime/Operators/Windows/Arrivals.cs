namespace Weir.Runtime.Operators.Windows;

/// <summary>Numbers the records of a subtask in order of their arrival. Numbers of two subtasks say nothing of each other.</summary>
internal sealed class Arrivals
{
    private long _next;

    /// <summary>The number of the next record.</summary>
    public long Next() => _next++;

    /// <summary>A record of a checkpoint has a number: those to come have greater ones.</summary>
    public void Seen(long arrival) => _next = Math.Max(_next, arrival + 1);
}
