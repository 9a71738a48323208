using Weir;

namespace Corpus;

public static class Concurrent
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.Select(async t => { await Task.Yield(); return t; }); // WEIR1009
        all.Select(async t => await Task.FromResult(t)); // WEIR1009
        all.Select(async delegate(Trade t) { await Task.Yield(); return t; }); // WEIR1009
        all.Select(Fetch);
        all.Select(t => Task.Run(() => t.Id)); // WEIR1009
        all.Select(t => Task.Factory.StartNew(() => t.Id)); // WEIR1009
        all.Select(t => { Parallel.For(0, t.Id, i => { }); return t; }); // WEIR1009
        all.Select(t => { Parallel.ForEach(t.Lots, lot => { }); return t; }); // WEIR1009
        all.Select(t => t.Lots.AsParallel().Count()); // WEIR1009
        all.Select(t => { ThreadPool.QueueUserWorkItem(_ => { }); return t; }); // WEIR1009
        all.Select(t => { new Thread(() => { }).Start(); return t; }); // WEIR1009
        all.Select(t => new Timer(_ => { })); // WEIR1009
        all.Select(t => { Action work = async () => await Task.Yield(); work(); return t; }); // WEIR1009

        // Near misses.
        all.Select(t => t.Lots.Select(lot => lot + 1).ToArray());
        all.Select(t => nameof(Task.Run));
        all.Select(t => nameof(Parallel));
    }

    public static async Task Elsewhere() => await Task.Run(() => Parallel.For(0, 3, _ => { }));

    private static async Task<Trade> Fetch(Trade trade) // WEIR1009
    {
        await Task.Yield();
        return trade;
    }
}
