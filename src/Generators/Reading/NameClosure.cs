using System.Text;

namespace Weir.Generators.Reading;

/// <summary>Which declarations of a program the code of a file may come upon, by names alone.</summary>
/// <remarks>
/// A name binds to a declaration of that name. So the code of a file can reach the types that its names name, the types that the names in
/// those name, and so on. Whatever it reaches otherwise counts for every file: extension members, types that the compiler looks for, global
/// usings, attributes of the assembly. Too many are taken in (a name counts wherever a type of that name is), and never too few.
/// </remarks>
internal sealed class NameClosure
{
    private const string AttributeEnding = "Attribute";

    private readonly ProgramReading _program;
    private readonly DeclarationUnit[] _units;
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _everywhere = new(StringComparer.Ordinal);
    private readonly bool[] _found;
    private readonly Dictionary<TreeReading, Digest> _seen = [];

    public NameClosure(ProgramReading program)
    {
        _program = program;
        _units = [.. program.Trees.SelectMany(static tree => tree.Units)];
        _found = new bool[_units.Length];
        for (var i = 0; i < _units.Length; i++)
        {
            var name = _units[i].Name;
            Add(name, i);
            if (name.EndsWith(AttributeEnding, StringComparison.Ordinal))
            {
                Add(name.Substring(0, name.Length - AttributeEnding.Length), i);
            }
        }

        var roots = Enumerable.Range(0, _units.Length).Where(i => _units[i].IsFoundWithoutName).ToArray();
        foreach (var root in roots)
        {
            _found[root] = true;
        }

        var names = program.Trees.SelectMany(static tree => tree.AlwaysNames).Concat(roots.SelectMany(root => _units[root].Names));
        Follow(names, _everywhere, _found);
    }

    /// <summary>The digest of all that the code of some files may come upon.</summary>
    public Digest SeenFrom(IReadOnlyList<TreeReading> files)
    {
        lock (_seen)
        {
            if (files.Count == 1 && _seen.TryGetValue(files[0], out var known))
            {
                return known;
            }

            var found = (bool[])_found.Clone();
            Follow(files.SelectMany(static file => file.Names()), [], found);
            var text = new StringBuilder().Append(_program.Always);
            for (var i = 0; i < found.Length; i++)
            {
                if (found[i])
                {
                    _program.Write(text, _units[i]);
                }
            }

            var seen = Digest.Of(text.ToString());
            if (files.Count == 1)
            {
                _seen[files[0]] = seen;
            }

            return seen;
        }
    }

    private void Follow(IEnumerable<string> names, HashSet<string> visited, bool[] found)
    {
        var open = new Stack<string>(names);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (!_byName.TryGetValue(name, out var units) || _everywhere.Contains(name) || !visited.Add(name))
            {
                continue;
            }

            foreach (var unit in units)
            {
                found[unit] = true;
                foreach (var next in _units[unit].Names)
                {
                    open.Push(next);
                }
            }
        }
    }

    private void Add(string name, int unit)
    {
        if (!_byName.TryGetValue(name, out var units))
        {
            _byName.Add(name, units = []);
        }

        units.Add(unit);
    }
}
