using System.Diagnostics;

namespace Weir.Bench.KafkaLog;

/// <summary>
/// Counts the records of a job, and holds each of its subtasks back behind the first ones, until the client has fetched all: so that what
/// is measured is how fast what was fetched is taken.
/// </summary>
internal sealed class Gate(long total, long first) : ISink<Tick>
{
    private readonly long _total = total;
    private readonly long _first = first;
    private readonly ManualResetEventSlim _open = new();
    private readonly ManualResetEventSlim _done = new();
    private long _passed;
    private long _sum;

    public string Description => "a sum in memory";

    public long Sum => Volatile.Read(ref _sum);

    /// <summary>Waits until all is fetched, opens, and waits for the last record.</summary>
    public Drained Release()
    {
        // The job opens its readers first.
        while (Volatile.Read(ref _passed) < _first)
        {
            Thread.Sleep(1);
        }

        Cpu.WaitUntilIdle();
        var (passed, cpu, garbage) = (Volatile.Read(ref _passed), Cpu.Seconds, GC.GetTotalAllocatedBytes());
        var begun = Stopwatch.GetTimestamp();
        _open.Set();
        _done.Wait();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new Drained(_total - passed, seconds, Cpu.Seconds - cpu, GC.GetTotalAllocatedBytes() - garbage);
    }

    public ISinkWriter<Tick> Open(SinkContext context) => new Writer(this);

    private sealed class Writer(Gate gate) : SinkWriter<Tick>
    {
        private long _mine;

        public override void Write(Batch<Tick> batch)
        {
            var sum = 0L;
            foreach (ref readonly var tick in batch.Values)
            {
                sum += tick.Number;
            }

            Interlocked.Add(ref gate._sum, sum);
            _mine += batch.Count;
            if (Interlocked.Add(ref gate._passed, batch.Count) == gate._total)
            {
                gate._done.Set();
            }

            if (_mine >= gate._first && !gate._open.IsSet)
            {
                gate._open.Wait();
            }
        }
    }
}

/// <summary>What it took to take so many records.</summary>
internal readonly record struct Drained(long Records, double Seconds, double Cpu, long Garbage)
{
    public double Rate => Records / Seconds;

    public double NanosecondsCpu => Cpu * 1e9 / Records;

    public double BytesOfGarbage => (double)Garbage / Records;
}
