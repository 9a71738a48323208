namespace Weir.Databases;

/// <summary>The columns that a sink writes, whatever the database.</summary>
/// <typeparam name="T">The records.</typeparam>
internal interface IColumnList<T>
{
    /// <summary>Gets the names of those that there are, in order.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Adds one.</summary>
    void Add<TValue>(string name, Func<T, TValue> value, bool isKey);
}
