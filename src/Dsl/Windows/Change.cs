using System.Diagnostics.CodeAnalysis;

namespace Weir;

/// <summary>A new value of something, and the one that it had before: a sink can upsert, or take back and put in.</summary>
/// <remarks>
/// The first value has no old one. There is no new one where something has ended: a session that had fired has become part of another.
/// </remarks>
/// <typeparam name="T">The value.</typeparam>
public readonly record struct Change<T>
{
    private Change(bool hasOld, T? old, bool hasNew, T? @new) => (HasOld, Old, HasNew, New) = (hasOld, old, hasNew, @new);

    /// <summary>Gets a value indicating whether there was a value before.</summary>
    [MemberNotNullWhen(true, nameof(Old))]
    public bool HasOld { get; }

    /// <summary>Gets the value before; the default value if there was none.</summary>
    public T? Old { get; }

    /// <summary>Gets a value indicating whether there is a value now.</summary>
    [MemberNotNullWhen(true, nameof(New))]
    public bool HasNew { get; }

    /// <summary>Gets the value now; the default value if there is none.</summary>
    public T? New { get; }

    /// <summary>The first value of something.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The change.</returns>
    public static Change<T> First(T value) => new(false, default, true, value);

    /// <summary>The next value of something.</summary>
    /// <param name="old">The value before.</param>
    /// <param name="value">The value now.</param>
    /// <returns>The change.</returns>
    public static Change<T> From(T old, T value) => new(true, old, true, value);

    /// <summary>The end of something.</summary>
    /// <param name="old">The value before.</param>
    /// <returns>The change.</returns>
    public static Change<T> Last(T old) => new(true, old, false, default);

    /// <inheritdoc/>
    public override string ToString() => $"{(HasOld ? Old : "nothing")} → {(HasNew ? New : "nothing")}";
}
