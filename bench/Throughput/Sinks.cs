using System.Numerics;
using System.Runtime.InteropServices;
using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>Adds up what arrives: the end of W1.</summary>
internal sealed class SumSink : SinkWriter<double>, ISink<double>
{
    public double Sum { get; private set; }

    public long Count { get; private set; }

    public string Description => "a sum in memory";

    public ISinkWriter<double> Open(SinkContext context) => this;

    public override void Write(Batch<double> batch)
    {
        // Several sums at once: one alone waits for each addition before it begins the next.
        var values = batch.Values;
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var (a, b, c, d) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        var sum = Vector.Sum(a + b + c + d);
        foreach (var value in values[(i * Vector<double>.Count)..])
        {
            sum += value;
        }

        Sum += sum;
        Count += batch.Count;
    }
}

/// <summary>Digests window results as the hand-written loops do: the end of W2.</summary>
internal sealed class CheckSink : ISink<WindowSum>
{
    private readonly List<Part> _parts = [];

    public Check Check => _parts.Aggregate(default(Check), (all, part) => new Check
    {
        Results = all.Results + part.Check.Results,
        Count = all.Count + part.Check.Count,
        Digest = all.Digest + part.Check.Digest,
        Sum = all.Sum + part.Check.Sum,
    });

    public string Description => "a digest in memory";

    public ISinkWriter<WindowSum> Open(SinkContext context)
    {
        var part = new Part();
        _parts.Add(part);
        return part;
    }

    // One a subtask: each is written by one thread.
    private sealed class Part : SinkWriter<WindowSum>
    {
        private Check _check;

        public Check Check => _check;

        public override void Write(Batch<WindowSum> batch)
        {
            foreach (ref readonly var value in batch.Values)
            {
                _check.Add(value.Key, value.End, value.Count, value.Sum);
            }
        }
    }
}
