using System.Globalization;
using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

/// <summary>Console programs: a signal stops a job with its last checkpoint, a second interrupt does not wait for that.</summary>
public sealed class JobConsoleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-console-");
    private readonly MemoryCheckpointStore _store = new();
    private readonly StringWriter _said = new(CultureInfo.InvariantCulture);
    private readonly Signals _signals = new();

    public void Dispose()
    {
        _said.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task H24_A_signal_stops_a_console_program_with_a_last_checkpoint_and_nothing_is_read_twice(bool isInterrupt)
    {
        var sink = new MemorySink<int>();
        var read = 0L;
        for (var run = 0; run < 2; run++)
        {
            var job = Endless(sink);
            var result = await RunAsync(job, () => _signals.Send(isInterrupt));
            Assert.True(result.IsStopped);
            Assert.Null(result.SavepointDirectory);
            read += result.RecordsIn;
            Assert.Equal(Enumerable.Range(0, (int)read), sink.Visible);
        }

        Assert.Contains(
            "Job 'endless' stops with a last checkpoint. Ctrl-C once more ends it without.", $"{_said}", StringComparison.Ordinal);
        Assert.Equal(0, _signals.Listeners);
    }

    [Fact]
    public async Task H24_A_signal_may_make_a_savepoint_of_the_last_checkpoint()
    {
        var result = await RunAsync(Endless(new MemorySink<int>()), () => _signals.Send(isInterrupt: true), _directory.FullName);
        Assert.True(result.IsStopped);
        Assert.StartsWith(Path.Combine(_directory.FullName, "endless-"), result.SavepointDirectory, StringComparison.Ordinal);
        Assert.NotEmpty(Savepoint.Open(result.SavepointDirectory!).Operators);
        Assert.Contains($"Its savepoint is {result.SavepointDirectory}.", $"{_said}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_room_for_a_savepoint_the_job_stops_with_a_last_checkpoint_and_says_so()
    {
        // A file is where the directory should be.
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var result = await RunAsync(Endless(new MemorySink<int>()), () => _signals.Send(isInterrupt: false), file);
        Assert.True(result.IsStopped);
        Assert.Null(result.SavepointDirectory);
        Assert.Contains("There is no savepoint: ", $"{_said}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_interrupt_does_not_wait_and_a_second_request_to_end_does()
    {
        // The commit of the last checkpoint hangs.
        using var gate = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var sink = new MemorySink<int>
        {
            BeforeCommit = () =>
            {
                begun.Set();
                gate.Wait();
            },
        };
        var run = RunAsync(Endless(sink), () => _signals.Send(isInterrupt: true));
        await Task.Run(begun.Wait, TestContext.Current.CancellationToken);
        _signals.Send(isInterrupt: false);
        Assert.False(run.IsCompleted);
        _signals.Send(isInterrupt: true);
        gate.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Contains("Job 'endless' ended without a last checkpoint. Its next start goes on from", $"{_said}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_comes_to_its_end_listens_no_more()
    {
        var job = new Job("short");
        job.From(new MemorySource<int>([1, 2, 3])).To(new MemorySink<int>());
        var result = await JobConsole.RunAsync(job, new JobOptions(), null, _signals, _said);
        Assert.False(result.IsStopped);
        Assert.Equal(0, _signals.Listeners);
        Assert.Empty($"{_said}");
    }

    // Once it has read something, a signal comes.
    private async Task<JobResult> RunAsync(Job job, Action signal, string? savepoints = null)
    {
        var seen = 0;
        var options = new JobOptions
        {
            CheckpointStore = _store,
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
            MaxRecordsPerSecond = 200_000,
            OnEvent = @event =>
            {
                if (@event is JobEvent.Started && Interlocked.Exchange(ref seen, 1) == 0)
                {
                    signal();
                }
            },
        };
        return await JobConsole.RunAsync(job, options, savepoints, _signals, _said);
    }

    private static Job Endless(ISink<int> sink)
    {
        var job = new Job("endless");
        job.From(new EndlessSource()).Where(n => n >= 0).To(sink);
        return job;
    }

    private sealed class Signals : IStopSignals
    {
        private readonly Lock _lock = new();
        private readonly List<Action<bool>> _listeners = [];

        public int Listeners
        {
            get
            {
                lock (_lock)
                {
                    return _listeners.Count;
                }
            }
        }

        public IDisposable Listen(Action<bool> onSignal)
        {
            lock (_lock)
            {
                _listeners.Add(onSignal);
            }

            return new Leaving(this, onSignal);
        }

        public void Send(bool isInterrupt)
        {
            List<Action<bool>> all;
            lock (_lock)
            {
                all = [.. _listeners];
            }

            all.ForEach(one => one(isInterrupt));
        }

        private sealed record Leaving(Signals Signals, Action<bool> Listener) : IDisposable
        {
            public void Dispose()
            {
                lock (Signals._lock)
                {
                    Signals._listeners.Remove(Listener);
                }
            }
        }
    }
}
