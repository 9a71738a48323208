namespace Weir.Runtime.Files.Writing;

/// <summary>What an output directory and its records hold at one moment.</summary>
internal sealed class OutputListing
{
    private readonly List<string> _finished = [];
    private readonly List<(PartName Part, string Name)> _parts = [];
    private readonly List<(PartName Part, string Name, PartState State)> _hidden = [];
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<OwnerClaim> _claims = [];

    /// <summary>Sorts names.</summary>
    /// <param name="files">The names of the files in the directory.</param>
    /// <param name="records">The names of its records.</param>
    public OutputListing(IEnumerable<string> files, IEnumerable<string> records)
    {
        foreach (var name in files)
        {
            AddFile(name);
        }

        foreach (var name in records)
        {
            if (OwnerClaim.TryParse(name, out var claim))
            {
                _claims.Add(claim);
            }
            else if (LedgerEntry.TryParse(name, out var entry))
            {
                _entries.Add(entry);
            }
        }

        _claims.Sort();
    }

    /// <summary>Gets the names of all finished part files, whoever wrote them, and with which Weir.</summary>
    public IReadOnlyList<string> Finished => _finished;

    /// <summary>Gets the finished part files whose names can be read.</summary>
    public IReadOnlyList<(PartName Part, string Name)> Parts => _parts;

    /// <summary>Gets the hidden part files.</summary>
    public IReadOnlyList<(PartName Part, string Name, PartState State)> Hidden => _hidden;

    /// <summary>Gets the ledger.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Gets the claims, the greatest last.</summary>
    public IReadOnlyList<OwnerClaim> Claims => _claims;

    /// <summary>Gets the claim that rules; null if there is none.</summary>
    public OwnerClaim? Newest => _claims.Count == 0 ? null : _claims[^1];

    /// <summary>The newest claim but for one: whose the directory was before.</summary>
    public OwnerClaim? NewestBut(OwnerClaim? own)
    {
        var before = _claims.FindLastIndex(claim => claim != own);
        return before < 0 ? null : _claims[before];
    }

    private void AddFile(string name)
    {
        if (PartName.TryParse(name, out var part, out var state))
        {
            if (state == PartState.Finished)
            {
                _parts.Add((part, name));
            }
            else
            {
                _hidden.Add((part, name, state));
            }
        }

        if (name.StartsWith(PartName.Prefix, StringComparison.Ordinal))
        {
            _finished.Add(name);
        }
    }
}
