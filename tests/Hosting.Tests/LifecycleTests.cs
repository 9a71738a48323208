using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Weir.Hosting.Tests;

/// <summary>A job lives from the start of its host to its stop, and its last checkpoint covers all that it has taken in.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-hosting-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task H24_A_host_that_is_stopped_takes_a_last_checkpoint_and_nothing_is_read_again()
    {
        var counting = new Counting();
        for (var start = 1; start <= 3; start++)
        {
            var before = counting.Count;
            using var host = Build(counting);
            await host.StartAsync(Cancellation);
            await counting.Sees(before + 1000);
            await host.StopAsync(Cancellation);
            Assert.True(host.Running("counting").Completion.IsCompletedSuccessfully);
        }

        Assert.Empty(counting.Repeated);
    }

    [Fact]
    public async Task H24_A_host_may_stop_with_a_savepoint_and_nothing_is_read_again_behind_it()
    {
        var counting = new Counting();
        var savepoints = Path.Combine(_directory.FullName, "savepoints");
        string? newest = null;
        for (var start = 1; start <= 3; start++)
        {
            var before = counting.Count;
            using var host = Build(
                counting, ("Weir:Defaults:Shutdown", "Savepoint"), ("Weir:Defaults:SavepointDirectory", savepoints));
            await host.StartAsync(Cancellation);
            await counting.Sees(before + 1000);
            await host.StopAsync(Cancellation);
            var result = await host.Running("counting").Completion;
            Assert.True(result.IsStopped);
            newest = Directory.GetDirectories(savepoints).Max(StringComparer.Ordinal);
            Assert.Equal(start, Directory.GetDirectories(savepoints).Length);
            Assert.Contains($"Job 'counting' has stopped with the savepoint {newest}", host.Logged());
        }

        Assert.Empty(counting.Repeated);

        // The savepoint alone does as well: on another machine, with other checkpoints.
        using var moved = Build(
            counting,
            ("Weir:Jobs:counting:CheckpointDirectory", Path.Combine(_directory.FullName, "elsewhere")),
            ("Weir:Jobs:counting:RestoreFrom", newest!));
        var last = counting.Count;
        await moved.StartAsync(Cancellation);
        await counting.Sees(last + 1000);
        await moved.StopAsync(Cancellation);
        Assert.Empty(counting.Repeated);
    }

    [Fact]
    public async Task A_savepoint_that_cannot_be_written_is_told_of_and_the_job_drains_all_the_same()
    {
        var counting = new Counting();
        var file = Path.Combine(_directory.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        for (var start = 1; start <= 2; start++)
        {
            var before = counting.Count;
            using var host = Build(counting, ("Weir:Defaults:Shutdown", "Savepoint"), ("Weir:Defaults:SavepointDirectory", file));
            await host.StartAsync(Cancellation);
            await counting.Sees(before + 1000);
            await host.StopAsync(Cancellation);
            Assert.True(host.Running("counting").Completion.IsCompletedSuccessfully);
            Assert.Contains("Job 'counting' stops without a savepoint, with a last checkpoint alone", host.Logged());
        }

        Assert.Empty(counting.Repeated);
    }

    [Fact]
    public async Task A_job_that_misses_the_drain_limit_is_cancelled_and_told_of()
    {
        // In the middle of a batch: no barrier can be cut before the limit has passed.
        using var gate = new ManualResetEventSlim();
        var counting = new Counting { Gate = gate };
        using (var host = Build(counting, ("Weir:Drain", "00:00:00")))
        {
            await host.StartAsync(Cancellation);
            await Hosts.Eventually(() => host.Running("counting").Progress.Subtasks.Any(subtask => subtask.StepTime is not null));
            var stop = host.StopAsync(Cancellation);
            await Hosts.Eventually(() => host.Logged().Any(message => message.Contains("drain limit", StringComparison.Ordinal)));
            gate.Set();
            await stop;
            Assert.True(host.Running("counting").Completion.IsCanceled);
            Assert.Contains(
                "Job 'counting' ends without a last checkpoint: the drain limit of 00:00:00 has passed. Its next start goes on from the "
                    + "beginning and reads again what came since; nothing is lost or doubled",
                host.Logged());
        }

        using var next = Build(counting);
        await next.StartAsync(Cancellation);
        await counting.Repeats();
        await next.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_job_whose_function_hangs_is_abandoned_at_the_drain_limit_and_goes_on_from_its_checkpoint_at_the_next_start()
    {
        using var gate = new ManualResetEventSlim(true);
        var counting = new Counting { Gate = gate };
        var time = new FakeTimeProvider();
        try
        {
            using (var host = Build(counting, time, ("Weir:Drain", "00:00:05")))
            {
                await host.StartAsync(Cancellation);
                await counting.Sees(1000);
                var running = host.Running("counting");
                await running.CheckpointAsync(Cancellation);
                gate.Reset();
                await counting.Hangs();
                var stop = host.StopAsync(Cancellation);
                while (!stop.IsCompleted)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    await Task.Yield();
                }

                await stop;
                Assert.False(running.Completion.IsCompleted);
                Assert.Equal(1, Environment.ExitCode);
                Assert.Contains(
                    "Job 'counting' is abandoned, for it did not end when it was cancelled: a step of one of the operators 'From-1, "
                        + "Select-1, To-1' has not ended for 00:00:",
                    string.Join('\n', host.Logged()),
                    StringComparison.Ordinal);

                // What ends with the process ends here, since the test is one process.
                gate.Set();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Completion);
            }

            using var next = Build(counting);
            await next.StartAsync(Cancellation);
            await counting.Repeats();
            Assert.NotNull(next.Running("counting").Progress.RestoredFrom);
            Assert.DoesNotContain(0, counting.Repeated);
            await next.StopAsync(Cancellation);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_second_interrupt_ends_the_wait_for_the_last_checkpoint()
    {
        using var gate = new ManualResetEventSlim();
        var counting = new Counting { Gate = gate };
        using var host = Build(counting);
        await host.StartAsync(Cancellation);
        await Hosts.Eventually(() => host.Running("counting").Progress.Subtasks.Any(subtask => subtask.StepTime is not null));
        var stop = host.StopAsync(Cancellation);
        Assert.False(stop.IsCompleted);
        host.Services.GetRequiredService<SecondInterrupt>().OnSignal();
        await Hosts.Eventually(() => host.Logged().Any(message => message.Contains("second interrupt", StringComparison.Ordinal)));
        gate.Set();
        await stop;
        Assert.True(host.Running("counting").Completion.IsCanceled);
        Assert.Contains(host.Logged(), message => message.Contains("a second interrupt asked for it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_fails_for_good_stops_the_host_with_exit_code_1()
    {
        using var host = Failing();
        var log = host.Services.GetFakeLogCollector();
        try
        {
            await host.RunAsync(Cancellation);
            Assert.Equal(1, Environment.ExitCode);
            Assert.Contains("Job 'failing' has failed for good", log.GetSnapshot().Select(record => record.Message));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task A_host_may_go_on_without_a_job_that_has_failed()
    {
        using var host = Failing(("Weir:StopHostOnFailure", "false"));
        await host.StartAsync(Cancellation);
        var jobs = host.Services.GetRequiredService<IWeirJobs>();
        await Hosts.Eventually(() => jobs.All[0].Failure is not null);
        Assert.IsType<JobException>(jobs.All[0].Failure);
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_host_may_end_with_its_last_job()
    {
        var builder = Hosts.Builder(("Weir:StopHostWhenFinished", "true"), ("Weir:Jobs:elsewhere:Enabled", "false"));
        builder.AddWeir()
            .AddJob("short", job => job.From([1, 2, 3]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)))
            .AddJob("elsewhere", _ => throw new InvalidOperationException("must not be described"));
        using var host = builder.Build();
        var log = host.Services.GetFakeLogCollector();
        await host.RunAsync(Cancellation);
        var logged = log.GetSnapshot().Select(record => record.Message).ToList();
        Assert.Contains("Job 'elsewhere' does not run here: its setting Enabled is false", logged);
        Assert.Contains(logged, message => message.StartsWith("Job 'short' has ended: 3 records in, 3 out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipeline_that_cannot_be_described_ends_the_start()
    {
        var builder = Hosts.Builder();
        builder.AddWeir().AddJob("broken", (_, services) => services.GetRequiredService<Uri>());
        using var host = builder.Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancellation));
    }

    private static IHost Failing(params (string, string)[] configuration)
    {
        var builder = Hosts.Builder([("Weir:Jobs:failing:Restart:Strategy", "None"), .. configuration]);
        builder.AddWeir().AddJob(
            "failing",
            job => job.From([1, 2, 3]).Select(static number => number > 2 ? throw new FormatException("no") : number)
                .To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        return builder.Build();
    }

    private IHost Build(Counting counting, params (string, string)[] configuration) =>
        Build(counting, TimeProvider.System, [("Weir:Defaults:MaxRecordsPerSecond", "20000"), .. configuration]);

    private IHost Build(Counting counting, TimeProvider time, params (string, string)[] configuration)
    {
        var builder = Hosts.Builder(
            [("Weir:Defaults:CheckpointDirectory", Path.Combine(_directory.FullName, "checkpoints")), .. configuration]);
        builder.Services.AddSingleton(time);
        builder.AddWeir().AddJob("counting", counting.Define);
        return builder.Build();
    }
}
