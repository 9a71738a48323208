using Weir.Databases;
using Weir.Databases.Values;

namespace Weir;

/// <summary>The columns that a sink writes, and where their values come from.</summary>
/// <remarks>
/// Functions are called on the work pool, soon after a record was written: they read the record and nothing else. What they make of null is
/// NULL. A <see cref="DateTimeOffset"/> goes as its time in UTC, an enum by its name into a text and by its number into a number.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class MySqlColumns<T>
{
    internal MySqlColumns()
    {
    }

    internal ColumnSet<T> Set { get; } = new();

    /// <summary>Adds a column.</summary>
    /// <typeparam name="TValue">Its values; a nullable type for a column that may be NULL.</typeparam>
    /// <param name="name">Its name, just as the table has it: not quoted.</param>
    /// <param name="value">Takes the value out of a record.</param>
    /// <returns>These columns, for the next one.</returns>
    /// <exception cref="ArgumentException">There is a column of this name already.</exception>
    public MySqlColumns<T> Column<TValue>(string name, Func<T, TValue> value)
    {
        Set.Add(name, value, isKey: false);
        return this;
    }

    /// <summary>Adds a column that is part of the key by which <c>MySql.Upsert</c> finds rows. Its values are never null.</summary>
    /// <typeparam name="TValue">Its values.</typeparam>
    /// <param name="name">Its name, just as the table has it.</param>
    /// <param name="value">Takes the value out of a record.</param>
    /// <returns>These columns, for the next one.</returns>
    /// <exception cref="ArgumentException">There is a column of this name already.</exception>
    public MySqlColumns<T> Key<TValue>(string name, Func<T, TValue> value)
    {
        Set.Add(name, value, isKey: true);
        return this;
    }

    internal static ColumnSet<T> Of(Action<MySqlColumns<T>> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        var columns = new MySqlColumns<T>();
        define(columns);
        return columns.Set;
    }

    internal static ColumnSet<T> OfMembers(IReadOnlyCollection<string> key)
    {
        var columns = new ColumnSet<T>();
        MemberColumns<T>.AddTo(columns, key, "MySql.Write<Order>(…)");
        return columns;
    }
}
