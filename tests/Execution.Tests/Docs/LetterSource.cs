namespace Weir.Execution.Tests.Docs;

internal sealed class LetterSource(Journal<Letter> inbox) : Source<Letter, string>
{
    public override string Description => "letters that may have been sent twice";

    public override Codec<string> SplitCodec => Codecs.Of<string>();

    // Whoever reads the inbox after a change of the parallelism must know the letters of all.
    public override void Declare(SourceContext context) => context.ListState<string>("read", Redistribution.Union);

    public override ValueTask<IReadOnlyList<string>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<string>>(["inbox"]);

    public override Offset StartOf(string split) => new(0);

    public override ISplitReader<Letter> Open(string split, Offset offset, SourceContext context) =>
        new LetterReader(inbox, offset.Value, context.ListState<string>("read", Redistribution.Union), context.Wake);
}

internal sealed class LetterReader(Journal<Letter> inbox, long next, OperatorListState<string> read, Action wake) : ISplitReader<Letter>
{
    private readonly JournalReader<Letter> _inner = new(inbox, next, wake);
    private readonly Batch<Letter> _letters = new();

    public Offset Offset => _inner.Offset;

    public ReadStatus Read(Batch<Letter> batch)
    {
        _letters.Clear();
        var status = _inner.Read(_letters);
        foreach (var letter in _letters.Values)
        {
            if (!read.Contains(letter.Id))
            {
                read.Add(letter.Id);
                batch.Add(letter);
            }
        }

        // A letter is sent again soon, if at all.
        while (read.Count > 100)
        {
            read.RemoveAt(0);
        }

        return status;
    }

    public void Dispose() => _inner.Dispose();
}

internal sealed record Letter(string Id, string Text);
