using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Weir.Hosting.Health;

namespace Weir.Hosting.Tests;

/// <summary>What the three checks say of a job that restores, runs, hangs, falls behind, fails and stops.</summary>
public sealed class HealthTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_have_tags_for_probes()
    {
        using var host = Build(job => job.From([1]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(
            ["weir-live live", "weir-progress progress", "weir-ready ready"],
            report.Entries.Select(entry => $"{entry.Key} {string.Join(',', entry.Value.Tags)}").Order());
    }

    [Fact]
    public async Task A_job_is_ready_while_it_runs()
    {
        var counting = new Counting();
        using var host = Build(counting.Define);
        Assert.Equal((HealthStatus.Unhealthy, "Job 'watched' has not been started."), await Check(host, "weir-ready"));
        await host.StartAsync(Cancellation);
        await counting.Sees(1);
        Assert.Equal((HealthStatus.Healthy, "All jobs run."), await Check(host, "weir-ready"));
        await host.StopAsync(Cancellation);
        Assert.Equal((HealthStatus.Unhealthy, "Job 'watched' is stopping."), await Check(host, "weir-ready"));
    }

    [Fact]
    public async Task A_job_that_was_stopped_or_has_ended_is_said_to_have_and_not_to_run()
    {
        var counting = new Counting();
        using var host = Build(counting.Define);
        await host.StartAsync(Cancellation);
        await counting.Sees(1);
        await host.Running("watched").StopAsync(Cancellation);
        Assert.Equal(
            (HealthStatus.Healthy, "Job 'watched' was stopped, and everything is committed."), await Check(host, "weir-ready"));
        Assert.Equal((HealthStatus.Healthy, "Job 'watched' does not run."), await Check(host, "weir-progress"));
        using var bounded = Build(job => job.From([1]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        await bounded.StartAsync(Cancellation);
        await bounded.Running("watched").Completion;
        Assert.Equal(
            (HealthStatus.Healthy, "Job 'watched' has come to the end of its sources."), await Check(bounded, "weir-ready"));
    }

    [Fact]
    public async Task A_job_that_has_failed_is_not_ready_and_says_why()
    {
        using var host = Build(job => job.From([1]).Select(static number => number / (number - 1))
            .To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        await host.StartAsync(Cancellation);
        var job = host.Services.GetRequiredService<IWeirJobs>().All[0];
        await Hosts.Eventually(() => job.Failure is not null);
        var (status, text) = await Check(host, "weir-ready");
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith("Job 'watched' has failed for good: ", text, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_step_that_does_not_return_is_not_live()
    {
        using var gate = new ManualResetEventSlim();
        var counting = new Counting { Gate = gate };
        using var host = Build(counting.Define);
        await host.StartAsync(Cancellation);
        var running = host.Running("watched");
        await Hosts.Eventually(() => running.Progress.Subtasks.Any(subtask => subtask.StepTime is not null));
        Assert.Equal((HealthStatus.Healthy, "All subtasks step."), await Check(host, "weir-live"));
        _time.Advance(TimeSpan.FromMinutes(6));
        var (status, text) = await Check(host, "weir-live");
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.Contains("has been in one step for 00:06:00: a function does not return", text, StringComparison.Ordinal);
        gate.Set();
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_job_without_a_checkpoint_for_three_intervals_does_not_get_on()
    {
        using var gate = new ManualResetEventSlim();
        var counting = new Counting { Gate = gate };
        using var host = Build(counting.Define, ("Weir:Jobs:watched:CheckpointInterval", "00:00:10"));
        await host.StartAsync(Cancellation);
        var running = host.Running("watched");
        await Hosts.Eventually(() => running.Progress.Subtasks.Any(subtask => subtask.StepTime is not null));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal((HealthStatus.Healthy, "All jobs get on."), await Check(host, "weir-progress"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(
            (HealthStatus.Degraded, "Job 'watched' has no checkpoint younger than 00:00:31."), await Check(host, "weir-progress"));
        gate.Set();
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_job_that_waits_for_its_restart_is_not_ready_and_in_time_it_does_not_get_on()
    {
        using var host = Build(
            job => job.From([1]).Select(static number => number / (number - 1)).To(StandardOutput.Lines<int>(writer: TextWriter.Null)),
            ("Weir:Jobs:watched:Restart:Strategy", "FixedDelay"),
            ("Weir:Jobs:watched:Restart:Delay", "00:02:00"),
            ("Weir:Jobs:watched:CheckpointInterval", "00:00:10"));
        await host.StartAsync(Cancellation);
        await Hosts.Eventually(() => host.Running("watched").Progress.State == JobState.Restarting);
        var (status, text) = await Check(host, "weir-ready");
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith("Job 'watched' waits 120 s for its restart, after a failure: ", text, StringComparison.Ordinal);
        Assert.Contains("Attempted to divide by zero", text, StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Healthy, "All jobs get on."), await Check(host, "weir-progress"));
        Assert.Equal((HealthStatus.Healthy, "All subtasks step."), await Check(host, "weir-live"));

        // A new process would not help. Whoever is to be woken is told by progress.
        _time.Advance(TimeSpan.FromSeconds(31));
        (status, text) = await Check(host, "weir-progress");
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.StartsWith(
            "Job 'watched' has no checkpoint younger than 00:00:31, for it has failed 1 times, last with: ",
            text,
            StringComparison.Ordinal);
        Assert.StartsWith("Job 'watched' waits 89 s for its restart", (await Check(host, "weir-ready")).Text, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_job_that_has_come_to_its_end_is_well()
    {
        using var host = Build(job => job.From([1, 2, 3]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        await host.StartAsync(Cancellation);
        await host.Running("watched").Completion;
        _time.Advance(TimeSpan.FromDays(1));
        foreach (var check in (string[])["weir-live", "weir-ready", "weir-progress"])
        {
            Assert.Equal(HealthStatus.Healthy, (await Check(host, check)).Status);
        }

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal("has come to the end of its sources", report.Entries["weir-ready"].Data["watched"]);
        Assert.Equal("does not run", report.Entries["weir-progress"].Data["watched"]);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_job_that_has_failed_for_good_does_not_get_on_but_is_alive()
    {
        using var host = Build(job => job.From([1]).Select(static number => number / (number - 1))
            .To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        await host.StartAsync(Cancellation);
        var job = host.Services.GetRequiredService<IWeirJobs>().All[0];
        await Hosts.Eventually(() => job.Failure is not null);
        var (status, text) = await Check(host, "weir-progress");
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.StartsWith("Job 'watched' has failed for good: ", text, StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Healthy, "All subtasks step."), await Check(host, "weir-live"));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_commit_that_hangs_is_told_of_though_the_job_runs()
    {
        var hang = new TaskCompletionSource();
        using var host = Build(job => job.From(Generate.Records(static index => index)).To(new HangingSink(hang.Task)));
        await host.StartAsync(Cancellation);
        var running = host.Running("watched");
        await running.CheckpointAsync(Cancellation);
        await Hosts.Eventually(() => running.Progress.Committing is not null);
        _time.Advance(TimeSpan.FromSeconds(61));
        var (status, text) = await Check(host, "weir-progress");
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.EndsWith(
            "of attempt 1 for 00:01:01: a sink hangs, and nothing new is visible.", text, StringComparison.Ordinal);
        Assert.StartsWith("Job 'watched' has been committing ", text, StringComparison.Ordinal);
        Assert.Equal((HealthStatus.Healthy, "All jobs run."), await Check(host, "weir-ready"));
        Assert.Equal((HealthStatus.Healthy, "All subtasks step."), await Check(host, "weir-live"));
        hang.SetResult();
        await Hosts.Eventually(() => running.Progress.Committing is null);
        Assert.Equal((HealthStatus.Healthy, "All jobs get on."), await Check(host, "weir-progress"));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void A_job_that_restores_says_how_far_it_is_and_after_which_failure()
    {
        var starting = new JobProgress(0, 0, 0, 0, 0, null, null, 0, null, 1, TimeSpan.Zero, [])
        {
            State = JobState.Starting,
            Restored = 0.421,
            LastFailure = new TimeoutException("the disk was slow"),
        };
        Assert.Equal((false, "restores its state: 42 %, after a failure: the disk was slow"), ReadyCheck.Judge(starting));
        Assert.Equal((false, "starts"), ReadyCheck.Judge(starting with { Restored = null, LastFailure = null }));
    }

    private static async Task<(HealthStatus Status, string? Text)> Check(IHost host, string name)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == name, Cancellation);
        return (report.Entries[name].Status, report.Entries[name].Description);
    }

    private IHost Build(Action<Job> define, params (string, string)[] configuration)
    {
        var builder = Hosts.Builder(
            [("Weir:StopHostOnFailure", "false"), ("Weir:Defaults:Restart:Strategy", "None"), .. configuration]);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddWeir().AddJob("watched", define);
        return builder.Build();
    }
}
