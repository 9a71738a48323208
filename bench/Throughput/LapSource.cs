using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>Delivers an array of events again and again, each lap later than the one before: long runs from little memory.</summary>
/// <param name="events">One lap; its length in microseconds is the number of events.</param>
/// <param name="laps">How often.</param>
internal sealed class LapSource(Event[] events, int laps) : Source<Event, int>
{
    public override string Description => $"{laps} laps of {events.Length:N0} events in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) => new([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<Event> Open(int split, Offset offset, SourceContext context) => new Reader(events, laps, offset);

    private sealed class Reader(Event[] events, int laps, Offset start) : ISplitReader<Event>
    {
        public Offset Offset { get; private set; } = start;

        public ReadStatus Read(Batch<Event> batch)
        {
            var (lap, next) = Math.DivRem(Offset.Value, events.Length);
            var count = (int)Math.Min(batch.Capacity, events.Length - next);
            var values = batch.Open(out _, timed: false);
            events.AsSpan((int)next, count).CopyTo(values);
            foreach (ref var value in values[..count])
            {
                value.Timestamp += lap * events.Length;
            }

            batch.Commit(count);
            Offset = new Offset(Offset.Value + count);
            return Offset.Value == (long)events.Length * laps ? ReadStatus.End : ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
