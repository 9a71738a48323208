using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Tests.Running;

/// <summary>Runs work at once, on the thread that sends it.</summary>
internal sealed class InlineWork : IWorkPool
{
    public Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        var pending = new Pending<T>();
        try
        {
            var task = work(CancellationToken.None).AsTask();
            Assert.True(task.IsCompleted, $"{name} waits");
            pending.Complete(task.GetAwaiter().GetResult());
        }
        catch (Exception failure)
        {
            pending.Fail(failure);
        }

        return pending;
    }
}
