using System.Diagnostics.CodeAnalysis;

namespace Weir.Runtime.Kernels;

/// <summary>Tells records of a type apart from others: what a <c>Split</c> by types asks.</summary>
public static class SideType
{
    /// <summary>Whether a record is of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TSide">The type.</typeparam>
    /// <param name="value">The record; null is of no type.</param>
    /// <param name="side">The record as what it is.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is<T, TSide>(T value, [MaybeNullWhen(false)] out TSide side)
    {
        if (value is TSide found)
        {
            side = found;
            return true;
        }

        side = default;
        return false;
    }
}
