using System.Text;
using System.Text.Json;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>The properties of a type, for those of a JSON object that are not written just as Weir writes them.</summary>
/// <param name="names">The names as Weir writes them, in order of the members.</param>
public sealed class JsonProperties(params string[] names)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>
    /// The member that a property belongs to: the one of just its name, or else the only one whose name differs in the case of letters of
    /// ASCII alone. Where several do, none is meant.
    /// </summary>
    /// <param name="reader">Stands on the property's name.</param>
    /// <param name="next">The member to try first; may lie behind the last.</param>
    /// <returns>The member's index; -1 for a property of no member.</returns>
    public int Find(ref Utf8JsonReader reader, int next)
    {
        if ((uint)next < (uint)_names.Length && reader.ValueTextEquals(_names[next]))
        {
            return next;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                return i;
            }
        }

        return reader.ValueIsEscaped ? FindIgnoringCase(Encoding.UTF8.GetBytes(Name(ref reader))) : FindIgnoringCase(reader.ValueSpan);
    }

    /// <summary>The name of a property, unescaped.</summary>
    /// <param name="reader">Stands on it.</param>
    /// <exception cref="FormatException">It is no text.</exception>
    internal static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException(
                $"the name of a property, '{Excerpt.Of(reader.ValueSpan)}', is not UTF-8, or escapes a surrogate without its pair", error);
        }
    }

    private int FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        var found = -1;
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i].Length == name.Length && Ascii.EqualsIgnoreCase(name, _names[i]))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = i;
            }
        }

        return found;
    }
}
