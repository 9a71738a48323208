using System.Text;
using Weir.Rows;

namespace Weir.Databases;

/// <summary>The members of a record as columns: by <c>[Column]</c>, else by their names in snake_case.</summary>
/// <param name="columns">Where they are added.</param>
/// <param name="keys">The names of those that are the key.</param>
internal sealed class MemberColumns<T>(IColumnList<T> columns, IReadOnlyCollection<string> keys) : IRecordColumnVisitor<T>
{
    /// <summary>Adds all members of a type.</summary>
    /// <param name="columns">Where to.</param>
    /// <param name="keys">The names of those that are the key.</param>
    /// <param name="example">A call by which the generator sees a type.</param>
    /// <exception cref="SinkException">The generator has not seen the type.</exception>
    /// <exception cref="ArgumentException">A key is no member.</exception>
    public static void AddTo(IColumnList<T> columns, IReadOnlyCollection<string> keys, string example)
    {
        if (RecordColumns.Find<T>() is not { } members)
        {
            throw new SinkException(
                $"The columns of {typeof(T)} are not known: the generator writes them where C# code names the type at the call, as in "
                    + $"{example}. From generic code, or from another language, say them by columns => ….");
        }

        members.Accept(new MemberColumns<T>(columns, keys));
        if (keys.FirstOrDefault(key => !columns.Names.Contains(key)) is { } missing)
        {
            throw new ArgumentException(
                $"No member of {typeof(T)} is written to the column '{missing}', which is to be part of the key. Its columns are "
                    + $"{string.Join(", ", columns.Names)}.");
        }
    }

    public void Visit<TValue>(string member, string? column, Func<T, TValue> value)
    {
        var name = column ?? SnakeCase.Of(member);
        columns.Add(name, value, keys.Contains(name));
    }
}

/// <summary>Names as tables have them.</summary>
internal static class SnakeCase
{
    /// <summary><c>OrderId</c> is <c>order_id</c>, <c>HTTPStatus</c> is <c>http_status</c>, <c>Line2</c> is <c>line2</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            _ = (begins ? text.Append('_') : text).Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
