using System.CommandLine.Invocation;
using System.Text.Json;
using FlightDelays;
using Spectre.Console;
using Weir;

const int ExitFailed = 1;
const int ExitWrongUsage = 2;
const int ExitInterrupted = 130;

var console = Terminal.Output();
var errors = Terminal.Error();

var parsed = Options.Command(RunAsync).Parse(args);
if (parsed.Action is ParseErrorAction)
{
    foreach (var complaint in Usage.Complaints(parsed))
    {
        errors.MarkupLineInterpolated($"[red]{complaint}[/]");
    }

    return ExitWrongUsage;
}

return await parsed.InvokeAsync();

async Task<int> RunAsync(Options options, CancellationToken cancellation)
{
    var display = new Display(console, options);
    try
    {
        var job = new Job("flight-delays");
        DelayPipeline.Define(job, options.Input, options.Output);
        var running = job.Start(
            new JobOptions
            {
                Parallelism = options.Parallelism,
                CheckpointDirectory = options.Checkpoints,
                CheckpointInterval = TimeSpan.FromMilliseconds(options.IntervalMs),
                MaxRecordsPerSecond = options.Rate == 0 ? null : options.Rate,
                Interpreted = options.Interpreted,
                OnEvent = display.OnEvent,
            },
            cancellation);
        await display.FollowAsync(running);
        await running.Completion;
    }
    catch (OperationCanceledException)
    {
        errors.MarkupLine("[yellow]Stopped. Start it again with the same directories and it goes on from its last checkpoint.[/]");
        return ExitInterrupted;
    }
    catch (Exception e) when (e is JobException or ArgumentException or IOException or UnauthorizedAccessException)
    {
        errors.MarkupLineInterpolated($"[red]{e.Message}[/]");
        return ExitFailed;
    }

    try
    {
        Report.Show(console, options.Output);
    }
    catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
    {
        // The job is done whatever a reader of its output makes of it.
        errors.MarkupLineInterpolated($"[yellow]The job is done, but its output cannot be shown: {e.Message}[/]");
    }

    console.MarkupLineInterpolated($"The rows are in [green]{Path.GetFullPath(options.Output)}[/] (part-*.jsonl), the checkpoints in {Path.GetFullPath(options.Checkpoints)}.");
    console.MarkupLine("Run it again and it resumes, with nothing left to read; delete both directories to start over.");
    return 0;
}
