using Microsoft.Extensions.Hosting;

namespace Weir.Hosting;

/// <summary>A job as a service of the host: it runs from the host's start to its stop.</summary>
/// <remarks>
/// When the host begins to stop, all of its jobs begin to drain at once: services are stopped one after another, and the time of the host
/// is one for all.
/// </remarks>
/// <param name="definition">The job.</param>
/// <param name="services">The services of the host.</param>
/// <param name="host">What it needs of the host.</param>
internal sealed class HostedJob(JobDefinition definition, IServiceProvider services, JobHost host)
    : IWeirJob, IHostedLifecycleService, IDisposable
{
    // A cancelled job waits for a second for what is under way, and for another one for what it closes.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _cancel = new();
    private Task _end = Task.CompletedTask;
    private JobSettings _settings = new();
    private Task? _drain;
    private Func<JobExplanation>? _explain;

    public string Name => definition.Name;

    public RunningJob? Running { get; private set; }

    public Exception? Failure { get; private set; }

    public bool IsStopping => _drain is not null;

    /// <summary>Gets a value indicating whether nothing is left to do: its sources have ended, or it does not run here.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Gets the time from one checkpoint to the next; null if there is none.</summary>
    public TimeSpan? Interval { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Describes the job and starts it. Does not wait until its state is restored: the check <c>weir-ready</c> tells when it is.
    /// </summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = _settings = host.Settings.Get(Name);
        if (!settings.Enabled)
        {
            IsFinished = true;
            JobLog.Disabled(host.Log, Name);
            return Task.CompletedTask;
        }

        var job = new Job(Name);
        definition.Define(job, services);
        var options = settings.Over(new JobOptions
        {
            TimeProvider = host.Time,
            CreateMeter = host.Meters.Create,
            Services = services,
        });
        options = definition.Options?.Invoke(options, services) ?? options;
        var heard = options.OnEvent;
        options = options with
        {
            OnEvent = @event =>
            {
                JobLog.Write(host.Log, Name, @event);
                heard?.Invoke(@event);
            },
        };
        if (host.HasNoSection && options is { CheckpointDirectory: null, CheckpointStore: null })
        {
            JobLog.Unconfigured(host.Log, Name, host.ContentRoot);
        }

        Interval = options.CheckpointInterval;
        _explain = () => job.Explain(options);
        Running = job.Start(options, _cancel.Token);
        _end = FollowAsync(Running);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        BeginDrain();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Waits for the last checkpoint, as long as the drain limit and the host allow. A job that does not even end then is abandoned.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Not on this thread: what is called when a job is cancelled may hang as well.
        using var impatience = cancellationToken.Register(() => _ = _cancel.CancelAsync());
        await BeginDrain().ConfigureAwait(false);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _cancel.Dispose();

    private Task BeginDrain() => _drain ??= Running is { } running ? DrainAsync(running) : Task.CompletedTask;

    private async Task DrainAsync(RunningJob running)
    {
        var limit = host.Options.Value.Drain;
        using var patience = new CancellationTokenSource(limit, host.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, host.Interrupt.Begin(), _cancel.Token);
        try
        {
            await StopAsync(running, stop.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whoever follows the job tells how it ended; one that cannot take a last checkpoint is ended without.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!running.Completion.IsCompleted)
            {
                var cause = failure is not OperationCanceledException || !stop.IsCancellationRequested ? failure.Message
                    : patience.IsCancellationRequested ? $"the drain limit of {limit} has passed"
                    : _cancel.IsCancellationRequested ? "the host does not wait any longer"
                    : "a second interrupt asked for it";
                _ = _cancel.CancelAsync();
                JobLog.Undrained(host.Log, Name, cause, running.Progress.LastCheckpoint?.ToString() ?? "the beginning");
            }
        }

        try
        {
            await _end.WaitAsync(Grace, host.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abandon(running);
        }
    }

    // Its threads end with the process: they are background threads. Nothing can end them before.
    private void Abandon(RunningJob running)
    {
        var stuck = running.Progress.Subtasks.Where(subtask => subtask.StepTime >= Grace).ToList();
        JobLog.Abandoned(host.Log, Name, stuck.Count == 0
            ? "something that it calls or closes does not return"
            : string.Join("; ", stuck.Select(subtask =>
                $"a step of {OperatorsOf(subtask)} has not ended for {subtask.StepTime:c}, in subtask '{subtask.Name}'")));
        WeirJobs.OnAbandoned();
    }

    // Which function of a chain it is, only its thread knows.
    private string OperatorsOf(SubtaskProgress subtask)
    {
        var chain = _explain!().Chains.Select(chain => chain.Operators).FirstOrDefault(operators => subtask.Name.StartsWith(
            operators.Length == 1 ? $"{operators[0]} " : $"{operators[0]}..{operators[^1]} ", StringComparison.Ordinal));
        return chain.IsDefaultOrEmpty ? "its operators"
            : chain.Length == 1 ? $"operator '{chain[0]}'" : $"one of the operators '{string.Join(", ", chain)}'";
    }

    private async Task StopAsync(RunningJob running, CancellationToken stop)
    {
        if (_settings is { Shutdown: ShutdownMode.Savepoint, SavepointDirectory: { } directory } && !running.Completion.IsCompleted)
        {
            try
            {
                var path = SavepointNames.In(directory, Name, host.Time.GetUtcNow());
                var result = await running.StopWithSavepointAsync(path, stop).ConfigureAwait(false);
                JobLog.Saved(host.Log, Name, result.SavepointDirectory ?? path);
                return;
            }
            catch (CheckpointFailedException failure) when (!running.Completion.IsCompleted)
            {
                // It stops all the same, and loses nothing.
                JobLog.Unsaved(host.Log, failure, Name);
            }
        }

        await running.StopAsync(stop).ConfigureAwait(false);
    }

    // Its events have said already how it ended.
    private async Task FollowAsync(RunningJob running)
    {
        try
        {
            await running.Completion.ConfigureAwait(false);
            IsFinished = true;
            host.Jobs.OnFinished();
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            JobLog.Canceled(host.Log, Name);
        }
#pragma warning disable CA1031 // Nobody awaits this before the host stops: what failed is kept for those who ask, and ends the host.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            JobLog.Ended(host.Log, failure, Name);
            host.Jobs.OnFailure();
        }
    }
}
