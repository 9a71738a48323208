namespace Weir.Wire;

/// <summary>The types whose members have names.</summary>
internal sealed partial class SchemaResolver
{
    private Transcoder OfObject(Schema then, Schema now, string path)
    {
        if (!IsNamed(then, now, path))
        {
            return SameForm.Instance;
        }

        if (now.Name == Tuple && then.Members.Count != now.Members.Count)
        {
            return Conflict(
                path,
                $"'{path}' was a tuple of {then.Members.Count} items and has {now.Members.Count} now, which have no names",
                "Change the tuple back, or use a record, whose members have names");
        }

        var pair = (then.Name, now.Name);
        if (now.Name != Tuple && now.Kind == SchemaKind.Object && _resolved.TryGetValue(pair, out var known))
        {
            return known;
        }

        // Known before its members are: they may contain it.
        IReadOnlyList<MemberOrigin> origins = [];
        var changed = new ChangedMembers(now.Name, then.Members.Count, () => origins);
        _resolved[pair] = changed;
        origins = Origins(then, now, path);
        return changed;
    }

    private List<MemberOrigin> Origins(Schema then, Schema now, string path)
    {
        var origins = new List<MemberOrigin>(now.Members.Count);
        var positions = Match(then, now, path);
        for (var i = 0; i < now.Members.Count && _conflict is null; i++)
        {
            var member = now.Members[i];
            var at = $"{path}.{member.Name}";
            if (_isKey && positions[i] != i)
            {
                Conflict(at, $"'{at}' was not there, or stood elsewhere, and the members of a key in their order say where its state lies",
                    "Put the members of the key back to what they were; a member may be renamed with [WasNamed]");
            }
            else if (positions[i] is { } position)
            {
                origins.Add(new MemberOrigin(position, Of(then.Members[position].Schema, member.Schema, at), null));
            }
            else
            {
                origins.Add(Added(now, member, at));
            }
        }

        foreach (var (gone, _) in then.Members.Select((member, i) => (member, i)).Where(item => !positions.Contains(item.i)))
        {
            var at = $"{path}.{gone.Name}";
            if (_isKey)
            {
                Conflict(
                    at, $"'{at}' is not there now, and the members of a key in their order say where its state lies", $"Put '{at}' back");
            }

            _notes.Add($"'{at}' ({gone.Schema.Name}) is left out");
        }

        return origins;
    }

    private MemberOrigin Added(Schema owner, SchemaMember member, string path)
    {
        if (owner.Kind == SchemaKind.Accumulator)
        {
            Conflict(path, $"'{path}' was not kept, and is {member.Schema} now: the windows that were open have not counted it",
                "Take what needs it out again until these windows have fired");
            return default;
        }

        if (member.Default is not { } begins)
        {
            Conflict(path, $"'{path}' was not there and is {member.Schema} now", $"Take '{path}' out again");
            return default;
        }

        _notes.Add($"'{path}' ({member.Schema.Name}) was not there and begins with its default");
        return new MemberOrigin(0, SameForm.Instance, begins());
    }

    // Where each member of today was; null for one that was not there.
    private int?[] Match(Schema then, Schema now, string path)
    {
        var positions = now.Members.Select(member => IndexOf(then.Members, member.Name)).ToArray();
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] ??= now.Members[i].FormerNames.Select(former => IndexOf(then.Members, former))
                .FirstOrDefault(former => former is not null && !positions.Contains(former));
        }

        if (now.Kind == SchemaKind.Accumulator)
        {
            MatchChangedFunctions(then, now, positions, path);
        }

        foreach (var same in positions.Where(position => position is not null).GroupBy(position => position)
            .Where(same => same.Count() > 1))
        {
            var at = $"{path}.{then.Members[same.Key!.Value].Name}";
            Conflict(at, $"two members say that they are what was called '{at}'", "Let one of them say so");
        }

        return positions;
    }

    // A function of an aggregate may have changed: what was kept for it goes on, if there is no doubt which it was.
    private void MatchChangedFunctions(Schema then, Schema now, int?[] positions, string path)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var call = CallOf(now.Members[i].Name);
            var others = Enumerable.Range(0, positions.Length)
                .Count(other => positions[other] is null && CallOf(now.Members[other].Name) == call);
            var left = Enumerable.Range(0, then.Members.Count)
                .Where(position => !positions.Contains(position) && CallOf(then.Members[position].Name) == call).ToList();
            if (positions[i] is null && others == 1 && left.Count == 1)
            {
                positions[i] = left[0];
                _notes.Add($"'{path}.{now.Members[i].Name}' goes on from what was kept for '{then.Members[left[0]].Name}'");
            }
        }
    }

    private static string CallOf(string name) => name.IndexOf('(', StringComparison.Ordinal) is >= 0 and var end ? name[..end] : name;

    private static int? IndexOf(IReadOnlyList<SchemaMember> members, string name)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Name == name)
            {
                return i;
            }
        }

        return null;
    }

    private Transcoder OfEnum(Schema then, Schema now, string path)
    {
        if (!IsNamed(then, now, path))
        {
            return SameForm.Instance;
        }

        var numbers = new Dictionary<long, long>();
        foreach (var name in then.Members.Skip(1))
        {
            var found = now.Members.Skip(1).FirstOrDefault(member => member.Name == name.Name)
                ?? now.Members.Skip(1).FirstOrDefault(member => member.FormerNames.Contains(name.Name));
            if (found is null)
            {
                return Conflict(path, $"'{path}' was stored with the name '{name.Name}' of the enum {then.Name}, which it has not now",
                    $"Put '{name.Name}' back, or mark its new name [WasNamed(\"{name.Name}\")]");
            }

            var (number, renumbered) = (EnumNumbers.Parse(name), EnumNumbers.Parse(found));
            if (!numbers.TryAdd(number, renumbered) && numbers[number] != renumbered)
            {
                return Conflict(path, $"'{path}' had two names of the enum {then.Name} for {number}, which have different numbers now",
                    "Give both names one number");
            }
        }

        var (was, @is) = (then.Members[0].Schema.Name, now.Members[0].Schema.Name);
        if (was != @is && (!NumberForms.Fits(was, @is) || (_isKey && !NumberForms.KeepsHash(was, @is))))
        {
            return Retyped($"{path} ({now.Name})", then.Members[0].Schema, now.Members[0].Schema);
        }

        if (numbers.All(pair => pair.Key == pair.Value))
        {
            return SameForm.Instance;
        }

        return _isKey
            ? Conflict(path, $"'{path}' has other numbers for the names of the enum {now.Name}, which in a key gives its state to others",
                "Give the names the numbers that they had, and new names new numbers")
            : new RenumberedEnum(now.Name, numbers, isUnsigned: @is == "ulong");
    }

    private Transcoder OfHierarchy(Schema then, Schema now, string path)
    {
        if (!IsNamed(then, now, path))
        {
            return SameForm.Instance;
        }

        var pair = (then.Name, now.Name);
        if (_resolved.TryGetValue(pair, out var known))
        {
            return known;
        }

        var types = new Dictionary<string, (string, Transcoder)>(StringComparer.Ordinal);
        var changed = new ChangedHierarchy(now.Name, types);
        _resolved[pair] = changed;
        foreach (var type in then.Members)
        {
            var found = now.Members.FirstOrDefault(member => member.Name == type.Name)
                ?? now.Members.FirstOrDefault(member => member.FormerNames.Contains(type.Name));
            if (found is null)
            {
                return Conflict(path, $"'{path}' was stored with '{type.Name}' among the types of {then.Name}, which it is not now",
                    $"Put '{type.Name}' back, or mark the type [WasNamed(\"{type.Name}\")] under its new name");
            }

            if (_isKey && found.Name != type.Name)
            {
                return Conflict(path, $"'{path}' calls '{type.Name}' '{found.Name}' now, which in a key gives its state to others",
                    $"Call it '{type.Name}' again");
            }

            // The type of a value says its own name, too; that of the hierarchy counts.
            types[type.Name] = (found.Name, Of(type.Schema, found.Schema, $"{path}.{found.Name}"));
        }

        return changed;
    }
}
