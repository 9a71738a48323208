namespace Weir.Kills.Tests.Targets;

/// <summary>What the victim writes to, as somebody sees it who has nothing to do with Weir.</summary>
internal interface ITarget : IAsyncDisposable
{
    /// <summary>Gets how the victim connects; empty for files.</summary>
    string Connection { get; }

    /// <summary>Gets the table; empty for files.</summary>
    string Table { get; }

    /// <summary>Makes what the victim writes to.</summary>
    Task CreateAsync();

    /// <summary>The rows that are visible, in any order.</summary>
    Task<List<string>> RowsAsync();

    /// <summary>What a job has left behind that it should have ended or thrown away.</summary>
    Task<IReadOnlyList<string>> StraysAsync(string job);
}
