namespace Weir.Execution.Tests.Docs;

/// <summary>Reads journals that are written while the job runs. The page <c>write-a-source.md</c> quotes it.</summary>
internal sealed class JournalSource<T>(IReadOnlyDictionary<string, Journal<T>> journals) : Source<T, string>
{
    public override string Description => "journals in memory";

    public override Codec<string> SplitCodec => Codecs.Of<string>();

    public override ValueTask<IReadOnlyList<string>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>([.. journals.Keys.Order(StringComparer.Ordinal)]);

    public override Offset StartOf(string split) => new(0);

    public override ISplitReader<T> Open(string split, Offset offset, SourceContext context) =>
        new JournalReader<T>(journals[split], offset.Value, context.Wake);

    public override string? Refuse(string split) => journals.ContainsKey(split)
        ? null
        : $"there is no journal '{split}'. Give the job the journals that it was started with";
}

internal sealed class JournalReader<T> : ISplitReader<T>
{
    private readonly Journal<T> _journal;
    private readonly Action _wake;
    private long _next;

    public JournalReader(Journal<T> journal, long next, Action wake)
    {
        _journal = journal;
        _next = next;
        _wake = wake;
        _journal.Changed += _wake;
    }

    // Behind the last record handed out, exactly: a restored reader begins here.
    public Offset Offset => new(_next);

    public ReadStatus Read(Batch<T> batch)
    {
        // Asked first: of a journal that is closed now, what is read below is all there will be.
        var isClosed = _journal.IsClosed;
        while (!batch.IsFull && _journal.TryRead(_next, out var record))
        {
            batch.Add(record);
            _next++;
        }

        return batch.IsFull ? ReadStatus.Available
            : isClosed ? ReadStatus.End
            : ReadStatus.Pending;
    }

    public void Dispose() => _journal.Changed -= _wake;
}
