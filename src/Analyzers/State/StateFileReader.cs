using System.Globalization;
using System.Text;
using Weir.Generators.State;

namespace Weir.Analyzers.State;

/// <summary>Reads a baseline: the JSON that <see cref="StateFileText"/> writes, however it was laid out or merged since.</summary>
internal sealed class StateFileReader
{
    private readonly string _text;
    private int _at;

    private StateFileReader(string text) => _text = text;

    /// <summary>Reads it.</summary>
    /// <exception cref="StateFileException">It is no baseline.</exception>
    public static StateModel Read(string text)
    {
        var reader = new StateFileReader(text);
        string? format = null;
        List<(string Name, List<StateMemberModel> Members)> operators = [], types = [];
        reader.ReadObject((name, at) =>
        {
            switch (name)
            {
                case "format":
                    format = reader.ReadScalar();
                    break;
                case "operators":
                    operators = reader.ReadSection();
                    break;
                case "types":
                    types = reader.ReadSection();
                    break;
                default:
                    throw new StateFileException($"'{name}' is no part of it", at);
            }
        });
        reader.SkipSpace();
        return reader._at < text.Length ? throw reader.Unexpected("its end")
            : format != StateFileText.Format.ToString(CultureInfo.InvariantCulture)
                ? throw new StateFileException(
                    format is null ? "it has no 'format'" : $"its format is {format}, and this Weir knows {StateFileText.Format}", 0)
            : new StateModel
            {
                Operators = new([.. operators.Select(static one => OperatorOf(one.Name, one.Members))]),
                Types = new([.. types.Select(static one =>
                    new StateTypeModel { Name = one.Name, FormerNames = default, Members = new([.. one.Members]) })]),
            };
    }

    /// <summary>Where the entries of a part of it stand; null if it has not that part.</summary>
    /// <exception cref="StateFileException">It is no baseline.</exception>
    public static StateSectionLayout? LayoutOf(string text, string section)
    {
        var reader = new StateFileReader(text);
        StateSectionLayout? layout = null;
        reader.ReadObject((name, _) =>
        {
            reader.SkipSpace();
            var open = reader._at;
            if (reader.Peek() != '{')
            {
                reader.ReadScalar();
                return;
            }

            var entries = new List<StateEntryLayout>();
            reader.ReadObject((entry, start) =>
            {
                reader.ReadObject((_, _) => reader.ReadText());
                entries.Add(new StateEntryLayout(entry, start, reader._at));
            });
            layout = name == section ? new StateSectionLayout(open, reader._at - 1, entries) : layout;
        });
        return layout;
    }

    private static OperatorStateModel OperatorOf(string name, List<StateMemberModel> members)
    {
        // An id may hold one, too.
        var slash = name.IndexOf('/');
        return new OperatorStateModel
        {
            Pipeline = slash < 0 ? "" : name.Substring(0, slash),
            Id = name.Substring(slash + 1),
            Verb = members.FirstOrDefault(static member => member.Name == "verb")?.Type ?? "",
            States = new([.. members.Where(static member => member.Name != "verb")]),
        };
    }

    private List<(string Name, List<StateMemberModel> Members)> ReadSection()
    {
        var entries = new List<(string, List<StateMemberModel>)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        ReadObject((name, at) =>
        {
            if (!names.Add(name))
            {
                throw new StateFileException($"'{name}' stands in it twice", at);
            }

            var members = new List<StateMemberModel>();
            ReadObject((member, memberAt) =>
            {
                if (members.Any(other => other.Name == member))
                {
                    throw new StateFileException($"'{member}' of '{name}' stands in it twice", memberAt);
                }

                members.Add(new StateMemberModel { Name = member, Type = ReadText(), FormerNames = default });
            });
            entries.Add((name, members));
        });
        return entries;
    }

    private void ReadObject(Action<string, int> member)
    {
        Expect('{');
        SkipSpace();
        if (Peek() == '}')
        {
            _at++;
            return;
        }

        while (true)
        {
            SkipSpace();
            var at = _at;
            var name = ReadText();
            Expect(':');
            member(name, at);
            SkipSpace();
            if (Peek() == ',')
            {
                _at++;
                continue;
            }

            Expect('}');
            return;
        }
    }

    private string ReadScalar()
    {
        SkipSpace();
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '-' or '.' or '+'))
        {
            _at++;
        }

        return _at > start ? _text.Substring(start, _at - start) : throw Unexpected("a number");
    }

    private string ReadText()
    {
        Expect('"');
        var value = new StringBuilder();
        while (true)
        {
            var letter = _at < _text.Length ? _text[_at++] : throw Unexpected("the end of a text");
            switch (letter)
            {
                case '"':
                    return value.ToString();
                case < ' ':
                    _at--;
                    throw Unexpected("the end of a text");
                case '\\':
                    value.Append(ReadEscape());
                    break;
                default:
                    value.Append(letter);
                    break;
            }
        }
    }

    private char ReadEscape()
    {
        var letter = _at < _text.Length ? _text[_at++] : throw Unexpected("an escape");
        if (letter == 'u' && _at + 4 <= _text.Length
            && ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            _at += 4;
            return (char)unit;
        }

        return letter switch
        {
            '"' or '\\' or '/' => letter,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Unexpected("an escape"),
        };
    }

    private void Expect(char letter)
    {
        SkipSpace();
        if (Peek() != letter)
        {
            throw Unexpected($"'{letter}'");
        }

        _at++;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\r' or '\n' or '\uFEFF'))
        {
            _at++;
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private StateFileException Unexpected(string wanted)
    {
        var isConflict = string.CompareOrdinal(_text, _at, "<<<<<<<", 0, 7) == 0 || string.CompareOrdinal(_text, _at, ">>>>>>>", 0, 7) == 0
            || string.CompareOrdinal(_text, _at, "=======", 0, 7) == 0;
        var found = _at >= _text.Length ? "its end" : isConflict ? "a conflict of a merge" : $"'{_text[_at]}'";
        return new StateFileException($"{wanted} should stand where {found} stands", _at);
    }
}

/// <summary>Where a part of a baseline stands in its text.</summary>
/// <param name="Open">Its opening brace.</param>
/// <param name="Close">Its closing brace.</param>
/// <param name="Entries">Its entries.</param>
internal sealed record StateSectionLayout(int Open, int Close, IReadOnlyList<StateEntryLayout> Entries);

/// <summary>Where an entry of a baseline stands in its text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">The quotation mark in front of its name.</param>
/// <param name="End">Behind its closing brace.</param>
internal sealed record StateEntryLayout(string Name, int Start, int End);
