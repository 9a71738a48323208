using System.Text;

namespace Weir.MySqlServers.Server;

/// <summary>The name of a table.</summary>
/// <param name="Database">Its database; null for that of the connection.</param>
/// <param name="Name">Its name.</param>
internal sealed record TableName(string? Database, string Name)
{
    /// <summary>Reads a name as SQL writes it: <c>orders</c>, <c>sales.orders</c>, <c>`my orders`</c>.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static TableName Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var parts = new List<string>();
        var at = 0;
        do
        {
            parts.Add(ReadPart(text, ref at));
        }
        while (at < text.Length && text[at++] == '.');
        return at < text.Length || parts.Count > 2 || parts.Any(static part => part.Length == 0)
            ? throw new ArgumentException(
                $"'{text}' is no name of a table: write it as SQL does, such as orders, sales.orders, or `my orders` in backquotes.",
                nameof(text))
            : new TableName(parts.Count == 2 ? parts[0] : null, parts[^1]);
    }

    private static string ReadPart(string text, ref int at)
    {
        var part = new StringBuilder();
        if (at < text.Length && text[at] == '`')
        {
            for (at++; at < text.Length; at++)
            {
                if (text[at] != '`' || (at + 1 < text.Length && text[at + 1] == '`' && at++ > 0))
                {
                    part.Append(text[at]);
                    continue;
                }

                at++;
                return part.ToString();
            }

            return "";
        }

        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$'))
        {
            part.Append(text[at++]);
        }

        return part.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Database is null ? Commands.Quote(Name) : $"{Commands.Quote(Database)}.{Commands.Quote(Name)}";
}
