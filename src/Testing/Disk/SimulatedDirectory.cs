namespace Weir.Testing.Disk;

/// <summary>The names in a directory: as programs see them, and as a crash may leave them.</summary>
internal sealed class SimulatedDirectory
{
    private readonly Dictionary<string, object> _durable = new(StringComparer.Ordinal);
    private readonly List<NameChange> _undurable = [];
    private Dictionary<string, object> _visible = new(StringComparer.Ordinal);

    public object? Find(ReadOnlySpan<char> name) =>
        _visible.Count > 0 && _visible.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var entry) ? entry : null;

    public IReadOnlyList<string> NamesOf<T>()
    {
        var names = new List<string>();
        foreach (var (name, entry) in _visible)
        {
            if (entry is T)
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Changes names in one step, of which a crash before <see cref="Sync"/> leaves all or nothing.</summary>
    public void Change(string? removed, string? added, object? entry)
    {
        var change = new NameChange(removed, added, entry);
        change.Apply(_visible);
        _undurable.Add(change);
    }

    public void Sync()
    {
        foreach (var change in _undurable)
        {
            change.Apply(_durable);
        }

        _undurable.Clear();
    }

    /// <summary>Of the changes that were not made durable the first few survive: file systems keep their order.</summary>
    public void Crash(Random random)
    {
        var surviving = random.Next(_undurable.Count + 1);
        _undurable.RemoveRange(surviving, _undurable.Count - surviving);
        Sync();
        _visible = new(_durable, StringComparer.Ordinal);
        foreach (var name in _durable.Keys.Order(StringComparer.Ordinal))
        {
            (_durable[name] as SimulatedDirectory)?.Crash(random);
            (_durable[name] as SimulatedFile)?.Crash(random);
        }
    }

    private readonly record struct NameChange(string? Removed, string? Added, object? Entry)
    {
        public void Apply(Dictionary<string, object> names)
        {
            if (Removed is not null)
            {
                names.Remove(Removed);
            }

            if (Added is not null)
            {
                names[Added] = Entry!;
            }
        }
    }
}
