using Weir.Graph;
using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>
/// A <c>Partition</c> in front of one subtask: asks the user's function as if there were a choice, so that a wrong answer is found there.
/// </summary>
internal sealed class CheckChoice<T>(PartitionStage<T> stage, Receiver<T> next) : Kernel<T>(next)
{
    private readonly Receiver<T> _next = next;

    public override void OnBatch(Batch<T> batch)
    {
        foreach (ref readonly var value in batch.Values)
        {
            Choice.Of(stage, value, 1);
        }

        _next.OnBatch(batch);
    }
}
