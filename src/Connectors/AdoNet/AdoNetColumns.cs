using Weir.Databases;
using Weir.Databases.Values;

namespace Weir;

/// <summary>The columns that a sink writes, and where their values come from.</summary>
/// <remarks>
/// Functions are called as a record is written: they read the record and nothing else. What they make of null is NULL. A value is a number,
/// a text, a bool, a time, a <see cref="Guid"/> or bytes. A <see cref="DateTimeOffset"/> goes as its time in UTC, an enum by its number.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class AdoNetColumns<T>
{
    internal AdoNetColumns()
    {
    }

    internal ColumnSet<T> Set { get; } = new();

    /// <summary>Adds a column.</summary>
    /// <typeparam name="TValue">Its values; a nullable type for a column that may be NULL.</typeparam>
    /// <param name="name">Its name as SQL writes it, with quotes where the database needs them: <c>id</c>, <c>[Order Id]</c>.</param>
    /// <param name="value">Takes the value out of a record.</param>
    /// <returns>These columns, for the next one.</returns>
    /// <exception cref="ArgumentException">There is a column of this name already, or the type of its values cannot be stored.</exception>
    public AdoNetColumns<T> Column<TValue>(string name, Func<T, TValue> value)
    {
        Set.Add(name, value, isKey: false);
        return this;
    }

    internal static ColumnSet<T> Of(Action<AdoNetColumns<T>> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        var columns = new AdoNetColumns<T>();
        define(columns);
        return columns.Set;
    }

    internal static ColumnSet<T> OfMembers()
    {
        var columns = new ColumnSet<T>();
        MemberColumns<T>.AddTo(columns, [], "AdoNet.Write<Order>(…)");
        return columns;
    }
}
