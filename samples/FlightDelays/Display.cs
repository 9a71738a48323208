using System.Globalization;
using Spectre.Console;
using Weir;

namespace FlightDelays;

/// <summary>Shows a running job: a line that is redrawn on a terminal, a line a second elsewhere.</summary>
/// <param name="console">Where to.</param>
internal sealed class Display(IAnsiConsole console)
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
            JobEvent.CheckpointUnusable(var checkpoint, var reason) => $"[red]Checkpoint {checkpoint} cannot be used, trying the one before: {Markup.Escape(reason)}[/]",
            JobEvent.CheckpointFailed(var checkpoint, var reason) => $"[yellow]Checkpoint {checkpoint} given up: {Markup.Escape(reason)}[/]",
            JobEvent.Failed(var failure, { } retryIn) => $"[yellow]Failed, retrying in {retryIn.TotalSeconds:F1} s: {Markup.Escape(failure.Message)}[/]",
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

        console.MarkupLine(Line(job.Progress));
    }

    private static string Line(JobProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.RecordsIn,7:N0} records  {Rate(progress),9:N0}/s  watermark {Time(progress.Watermark),-16}  {progress.Checkpoints} checkpoints  {progress.RecordsOut:N0} rows out");

    private static double Rate(JobProgress progress) => progress.RecordsIn / Math.Max(progress.Elapsed.TotalSeconds, 0.001);

    private static string Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";
}
