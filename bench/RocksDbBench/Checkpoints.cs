using System.Diagnostics;
using System.Runtime;
using Weir.Runtime.State;

namespace Weir.Bench.RocksDbState;

/// <summary>A checkpoint each second while all keys change, with what is uploaded written to a directory.</summary>
internal static class Checkpoints
{
    private const long Keys = 1_000_000;

    public static void Run(string root, bool isShort)
    {
        foreach (var (what, cache) in new[] { ("all in the cache", 256L << 20), ("a sixth in the cache", 8L << 20) })
        {
            var opening = Stopwatch.GetTimestamp();
            using var bench = new Bench(Path.Combine(root, $"checkpoints-{cache}"), new() { CacheBytes = cache });
            bench.Add(1, i => i);
            Console.WriteLine($"opened and worked on one record within {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:N1} ms");
            bench.Add(Keys, i => i);
            bench.Add(Keys, Bench.Uniform(Keys));
            var seconds = isShort ? 6 : 30;
            var without = For(bench, seconds / 2, static () => { });
            var files = new DirectoryFiles(Directory.CreateDirectory(Path.Combine(root, $"files-{cache}")).FullName);
            var taker = new Taker(bench, files);
            bench.LongestPause = TimeSpan.Zero;
            var (paused, worked) = (GC.GetTotalPauseDuration(), Environment.CpuUsage.TotalTime);
            var with = For(bench, seconds, taker.Step);
            taker.Finish();
            Bench.Print($"without checkpoints, {what}", without.Passed);
            Bench.Print($"with one each second, {what}", with.Passed);
            Console.WriteLine($"  {(Environment.CpuUsage.TotalTime - worked).TotalSeconds / seconds:N1} cores, garbage collection "
                + $"{(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:N0} ms");
            var barriers = taker.Sync.Select(static time => $"{time.TotalMilliseconds:N2}");
            Console.WriteLine($"  at the barriers {string.Join(", ", barriers)} ms; of the first "
                + $"{taker.Compiled.TotalMilliseconds:N2} ms to compile {taker.CompiledMethods} methods");
            var sync = taker.Sync.Order().ToArray();
            Console.WriteLine($"  {with.Passed / without.Passed:P0}, by the time that the thread of the records worked "
                + $"{with.Worked / without.Worked:P0}; {sync.Length} snapshots, at the barrier "
                + $"{sync[sync.Length / 2].TotalMilliseconds:N3} ms in the middle, {sync[^1].TotalMilliseconds:N3} ms at most; "
                + $"longest pause between batches {bench.LongestPause.TotalMilliseconds:N1} ms; "
                + $"{taker.Total.TotalMilliseconds / sync.Length:N0} ms from barrier to end; "
                + $"{files.Bytes >> 20:N0} MiB written");
        }
    }

    private static (double Passed, double Worked) For(Bench bench, int seconds, Action between)
    {
        const long Portion = 64 * Bench.Batch;
        var (begin, done, worked) = (Stopwatch.GetTimestamp(), 0L, ThreadTime.Seconds);
        var keys = Bench.Uniform(Keys);
        while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(seconds))
        {
            var first = done;
            bench.Add(Portion, i => keys(first + i), between);
            done += Portion;
        }

        return (done / Stopwatch.GetElapsedTime(begin).TotalSeconds, done / (ThreadTime.Seconds - worked));
    }

    private sealed class Taker(Bench bench, DirectoryFiles files)
    {
        private long _last = Stopwatch.GetTimestamp();
        private OperatorStateWriter? _writer;
        private Task? _upload;

        public List<TimeSpan> Sync { get; } = [];

        public TimeSpan Total { get; private set; }

        /// <summary>Gets what the runtime took at the first barrier to compile methods.</summary>
        public TimeSpan Compiled { get; private set; }

        /// <summary>Gets how many it compiled there.</summary>
        public long CompiledMethods { get; private set; }

        public void Step()
        {
            if (_writer is { IsReady: true } ready && _upload is null)
            {
                _upload = Task.Run(async () =>
                {
                    var all = int.MaxValue;
                    ready.Sweep(ref all);
                    await ready.FinishAsync(files, CancellationToken.None);
                });
            }

            if (_upload is { IsCompleted: true })
            {
                _upload.GetAwaiter().GetResult();
                (_upload, _writer) = (null, null);
                Total += Stopwatch.GetElapsedTime(_last);
            }

            if (_writer is null && Stopwatch.GetElapsedTime(_last) > TimeSpan.FromSeconds(1))
            {
                _last = Stopwatch.GetTimestamp();
                var compiling = JitInfo.GetCompilationTime(currentThread: true);
                var methods = JitInfo.GetCompiledMethodCount(currentThread: true);
                _writer = new OperatorStateWriter("op");
                bench.Keyed.Snapshot(_writer);
                Sync.Add(Stopwatch.GetElapsedTime(_last));
                if (Sync.Count == 1)
                {
                    Compiled = JitInfo.GetCompilationTime(currentThread: true) - compiling;
                    CompiledMethods = JitInfo.GetCompiledMethodCount(currentThread: true) - methods;
                }
            }
        }

        public void Finish()
        {
            while (_writer is not null)
            {
                bench.Tend();
                Step();
                Thread.Sleep(1);
            }
        }
    }
}
