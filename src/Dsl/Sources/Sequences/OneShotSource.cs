namespace Weir;

/// <summary>
/// Reads a sequence that there is only once. All attempts of a run read on in it; what an attempt took and no checkpoint covers is lost
/// with it.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="open">Begins the sequence.</param>
internal sealed class OneShotSource<T>(Func<IPull<T>> open) : SequenceSource<T>, IUnreplayableSource, IRunScoped
{
    // How long the end of a run waits for a sequence that does not heed its cancellation.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private Pump<T>? _pump;
    private SourceContext? _context;
    private bool _isRead;

    public override string Description => $"a sequence of {NameOf()} that can be read once";

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context)
    {
        if (_isRead)
        {
            throw new SequenceException(
                $"{Description} has been read by an earlier run of the job. Give From a function that makes it, or make a new job.");
        }

        _context = context;
        _pump ??= new Pump<T>(open(), static failure => new SequenceException(
            $"{failure.Message} The sequence has ended with that and cannot be read again: give From a function that makes it.", failure));
        _pump.Attach(context);
        return new PumpReader<T>(_pump, offset, owns: false);
    }

    public async ValueTask EndRunAsync(Exception? failure)
    {
        if (_pump is { } pump)
        {
            _pump = null;
            _isRead = true;
            await pump.CloseAsync().WaitAsync(Patience, _context!.Time).ConfigureAwait(false);
        }
    }
}
