using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Sends each record into one of several streams, with its event time.</summary>
internal sealed class SplitRecords<T> : Kernel<T>
{
    private readonly SplitStage<T> _stage;
    private readonly Branch[] _branches;

    private SplitRecords(SplitStage<T> stage, Collector<T> main, Branch[] branches)
        : base(main.Next)
    {
        _stage = stage;
        _branches = branches;
    }

    /// <summary>Makes the operator of a stage.</summary>
    public static SplitRecords<T> Of(SplitStage<T> stage, SpanContext context)
    {
        var main = context.Collector<T>();
        return new(stage, main, [new Branch<T>(main), .. stage.Outputs.Skip(1).Select(side => side.Accept(new Sides(context, side)))]);
    }

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        foreach (var branch in _branches)
        {
            branch.Begin(batch.Lane);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var branch = _branches[_stage.BranchOf(values[i])];
            if (times.Length > 0)
            {
                branch.Add(values[i], times[i]);
            }
            else
            {
                branch.Add(values[i]);
            }
        }

        Flush(batch.Lane);
    }

    public override void OnFailure(int lane) => Flush(lane);

    private void Flush(int lane)
    {
        foreach (var branch in _branches)
        {
            branch.Flush(lane);
        }
    }

    private abstract class Branch
    {
        public abstract void Begin(int lane);

        public abstract void Add(T value);

        public abstract void Add(T value, long time);

        public abstract void Flush(int lane);
    }

    private sealed class Branch<TOut>(Collector<TOut> output) : Branch
    {
        public override void Begin(int lane) => output.Batch.Lane = lane;

        public override void Add(T value) => output.Add((TOut)(object?)value!);

        public override void Add(T value, long time) => output.Add((TOut)(object?)value!, time);

        public override void Flush(int lane) => output.Flush(lane);
    }

    private sealed class Sides(SpanContext context, StageOutput side) : ITypedCall<Branch>
    {
        public Branch Of<TOut>() => new Branch<TOut>(context.Collector((StageOutput<TOut>)side));
    }
}
