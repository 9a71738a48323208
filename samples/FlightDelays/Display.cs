using System.Globalization;
using Spectre.Console;
using Weir;

namespace FlightDelays;

/// <summary>Shows a running job: a line that is redrawn on a terminal, a line a second elsewhere.</summary>
/// <param name="console">Where to.</param>
/// <param name="options">What was asked for: messages name its directories.</param>
internal sealed class Display(IAnsiConsole console, Options options)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Log = TimeSpan.FromSeconds(1);

    /// <summary>Says what happens to the job, as it happens.</summary>
    public void OnEvent(JobEvent e)
    {
        var line = e switch
        {
            JobEvent.Started { RestoredFrom: { } checkpoint } => $"[green]Resumed from {checkpoint}[/]",
            JobEvent.Started => "Started from the beginning: there is no checkpoint yet",
            JobEvent.CheckpointUnusable(var checkpoint, var reason) => Unusable(checkpoint, reason),
            JobEvent.CheckpointFailed(var checkpoint, var reason) =>
                $"[yellow]Checkpoint {checkpoint} given up: {Markup.Escape(reason)}[/]",
            JobEvent.Failed(var failure, { } retryIn) =>
                $"[yellow]Failed, retrying in {retryIn.TotalSeconds:F1} s: {Markup.Escape(failure.Message)}[/]",
            JobEvent.Warning(var message, _) => $"[yellow]{Markup.Escape(message)}[/]",
            _ => null,
        };
        if (line is not null)
        {
            console.MarkupLine(line);
        }
    }

    /// <summary>Shows progress until the job ends, well or badly.</summary>
    public async Task FollowAsync(RunningJob job)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            await console.Status().Spinner(Spinner.Known.Line).StartAsync(Line(job.Progress), async status =>
            {
                while (await Task.WhenAny(job.Completion, Task.Delay(Redraw)) != job.Completion)
                {
                    status.Status(Line(job.Progress));
                }
            });
        }
        else
        {
            while (await Task.WhenAny(job.Completion, Task.Delay(Log)) != job.Completion)
            {
                console.MarkupLine(Line(job.Progress));
            }
        }

        if (job.Completion.IsCompletedSuccessfully || job.Progress.RecordsIn > 0)
        {
            console.MarkupLine(Line(job.Progress, isAtEnd: job.Completion.IsCompletedSuccessfully));
        }
    }

    private string Unusable(CheckpointName checkpoint, string reason) =>
        $"[red]Checkpoint {checkpoint} in {Markup.Escape(Path.GetFullPath(options.Checkpoints))} is damaged, so the one before is tried "
            + $"({Markup.Escape(reason)}). "
        + "Files that the damaged one had finished are withdrawn, and their rows written again.[/]";

    private static string Line(JobProgress progress, bool isAtEnd = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"records {progress.RecordsIn,7:N0}  {Rate(progress),9:N0}/s  watermark {Time(progress.Watermark, isAtEnd),-16}  checkpoints "
            + $"{progress.Checkpoints,3}  rows out {progress.RecordsOut:N0}");

    private static double Rate(JobProgress progress) => progress.RecordsIn / Math.Max(progress.Elapsed.TotalSeconds, 0.001);

    private static string Time(DateTimeOffset? time, bool isAtEnd) =>
        time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? (isAtEnd ? "end of input" : "none yet");
}
