using System.Globalization;

namespace Weir.Runtime.Subtasks;

/// <summary>Names a parallel instance of a chain.</summary>
/// <param name="Chain">The chain's position in the plan.</param>
/// <param name="Index">The subtask's index in the chain.</param>
internal readonly record struct SubtaskId(int Chain, int Index) : IComparable<SubtaskId>
{
    /// <inheritdoc/>
    public int CompareTo(SubtaskId other) => Chain != other.Chain ? Chain.CompareTo(other.Chain) : Index.CompareTo(other.Index);

    /// <summary>Order by chain, then index.</summary>
    public static bool operator <(SubtaskId left, SubtaskId right) => left.CompareTo(right) < 0;

    /// <summary>Order by chain, then index.</summary>
    public static bool operator >(SubtaskId left, SubtaskId right) => left.CompareTo(right) > 0;

    /// <summary>Order by chain, then index.</summary>
    public static bool operator <=(SubtaskId left, SubtaskId right) => left.CompareTo(right) <= 0;

    /// <summary>Order by chain, then index.</summary>
    public static bool operator >=(SubtaskId left, SubtaskId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain}.{Index}");
}
