using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Sources;

/// <summary>Stands behind a source whose side outputs somebody takes: the way of its records, and what it emits beside them.</summary>
/// <remarks>
/// What was emitted while a batch was read is passed on behind that batch, in the same step: no barrier comes between them and the offset
/// that they belong to.
/// </remarks>
/// <typeparam name="T">The records of the source.</typeparam>
internal sealed class SourceOutlets<T> : Receiver<T>, ISourceSides
{
    private readonly Receiver<T> _main;
    private readonly Side[] _sides;

    public SourceOutlets(SpanContext context, Receiver<T> main)
    {
        _main = main;
        _sides = [.. context.Stages[^1].Outputs.Where(static output => output.Tag is not null)
            .Select(output => output.Accept(new Opening(context, output)))];
    }

    public bool Has<TSide>(SideOutput<TSide> side) => Find(side) is not null;

    public void Emit<TSide>(SideOutput<TSide> side, TSide record) => Find(side)?.Output.Add(record);

    /// <summary>Says which split is read next: what it emits is of its lane.</summary>
    public void Begin(int lane)
    {
        foreach (var side in _sides)
        {
            side.Begin(lane);
        }
    }

    /// <summary>Passes on what was emitted.</summary>
    public void Flush()
    {
        foreach (var side in _sides)
        {
            side.Flush();
        }
    }

    public override void OnBatch(Batch<T> batch) => _main.OnBatch(batch);

    public override void OnWatermark(Watermark watermark) => _main.OnWatermark(watermark);

    public override void OnIdle(bool isIdle) => _main.OnIdle(isIdle);

    private Side<TSide>? Find<TSide>(SideOutput<TSide> side) =>
        (Side<TSide>?)Array.Find(_sides, one => ReferenceEquals(one.Tag, side));

    private abstract class Side(object tag)
    {
        public object Tag { get; } = tag;

        public abstract void Begin(int lane);

        public abstract void Flush();
    }

    private sealed class Side<TSide>(object tag, Collector<TSide> output) : Side(tag)
    {
        public Collector<TSide> Output { get; } = output;

        public override void Begin(int lane) => Output.Batch.Lane = lane;

        public override void Flush() => Output.Flush(Output.Batch.Lane);
    }

    private sealed class Opening(SpanContext context, StageOutput output) : ITypedCall<Side>
    {
        public Side Of<TSide>() => new Side<TSide>(output.Tag!, context.Collector((StageOutput<TSide>)output));
    }
}
