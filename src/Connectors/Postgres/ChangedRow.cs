using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Weir.PostgreSql.Changes;

namespace Weir;

/// <summary>The values of a row in a change, by the names of its columns, just as the table has them.</summary>
/// <remarks>
/// The server sends values as text. They are parsed when they are asked for, as any type that is <see cref="IParsable{TSelf}"/>: numbers,
/// <c>bool</c>, <c>Guid</c>, <c>DateTime</c>, <c>DateTimeOffset</c>, <c>DateOnly</c>, <c>TimeOnly</c>, types of your own.
/// </remarks>
public sealed class ChangedRow
{
    /// <summary>Stands for a value that was not sent.</summary>
    internal static readonly string Unsent = new('?', 1);

    private readonly RowShape _shape;
    private readonly string?[] _texts;
    private readonly string?[]? _before;

    internal ChangedRow(RowShape shape, string?[] texts, string?[]? before)
    {
        _shape = shape;
        _texts = texts;
        _before = before;
    }

    /// <summary>Gets the names of the table's columns as of the change, in order.</summary>
    public IReadOnlyList<string> Columns => _shape.Columns;

    /// <summary>
    /// Whether the value is here. It is not where the column does not exist; where it does not belong to the key, and only the key was
    /// sent; and where a large value, stored out of line, has not changed, unless the table has <c>REPLICA IDENTITY FULL</c>.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <returns>Whether it may be asked for.</returns>
    public bool Has(string column) => _shape.Find(column) is var index and >= 0 && !ReferenceEquals(At(index), Unsent);

    /// <summary>Whether the value is null.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidOperationException">The value is not here (<see cref="Has"/>).</exception>
    public bool IsNull(string column) => Text(column) is null;

    /// <summary>The value as the server writes it as text; null for null.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidOperationException">The value is not here (<see cref="Has"/>).</exception>
    public string? Text(string column)
    {
        var index = _shape.Find(column);
        if (index < 0)
        {
            throw new InvalidOperationException(
                $"Table {_shape.Table} has no column '{column}', or the publication leaves it out. It has {string.Join(", ", Columns)}.");
        }

        var text = At(index);
        return ReferenceEquals(text, Unsent) ? throw new InvalidOperationException(
            $"The server did not send column '{column}' of {_shape.Table}: it does not belong to the replica identity, or it is a large "
                + $"value that has not changed. Say ALTER TABLE {_shape.Table} REPLICA IDENTITY FULL, or ask Has(\"{column}\") first.")
            : text;
    }

    /// <summary>A value that is not null.</summary>
    /// <typeparam name="T">What it is parsed as. Times without a zone are taken for UTC.</typeparam>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidOperationException">The value is null, not here (<see cref="Has"/>), or no <typeparamref
    /// name="T"/>.</exception>
    public T Get<T>(string column)
        where T : IParsable<T> => TryGet<T>(column, out var value) ? value : throw new InvalidOperationException(
        $"Column '{column}' of {_shape.Table} is null, where {typeof(T).Name} is asked for. Ask IsNull(\"{column}\") first, or use "
            + $"GetOrNull.");

    /// <summary>A value; null for null.</summary>
    /// <inheritdoc cref="Get{T}(string)"/>
    public T? GetOrNull<T>(string column)
        where T : struct, IParsable<T> => TryGet<T>(column, out var value) ? value : null;

    /// <summary>The bytes of a <c>bytea</c>; null for null.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidOperationException">The value is not here (<see cref="Has"/>), or no bytes.</exception>
    public byte[]? GetBytes(string column) => Text(column) switch
    {
        null => null,
        ['\\', 'x', ..] and var text => Convert.FromHexString(text.AsSpan(2)),
        _ => throw new InvalidOperationException($"Column '{column}' of {_shape.Table} is no bytea."),
    };

    /// <summary>The values that are here, for people.</summary>
    /// <returns><c>id = 7, name = ann</c>.</returns>
    public override string ToString() => string.Join(
        ", ", Columns.Where(Has).Select(column => $"{column} = {Short(Text(column))}"));

    private string? At(int index) => ReferenceEquals(_texts[index], Unsent) && _before is not null ? _before[index] : _texts[index];

    private static string Short(string? text) => text switch
    {
        null => "null",
        { Length: > 40 } => $"{text[..40]}…",
        _ => text,
    };

    private bool TryGet<T>(string column, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T>
    {
        value = default;
        if (Text(column) is not { } text)
        {
            return false;
        }

        if (typeof(T) == typeof(bool) && text is "t" or "f")
        {
            value = (T)(object)(text == "t");
            return true;
        }

        if (typeof(T) == typeof(DateTime) && DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            value = (T)(object)time;
            return true;
        }

        if (typeof(T) == typeof(DateTimeOffset) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            value = (T)(object)instant;
            return true;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out value) ? true : throw new InvalidOperationException(
            $"Column '{column}' of {_shape.Table} holds '{Short(text)}', which is no {typeof(T).Name}. Ask for another type, or for Text.");
    }
}
