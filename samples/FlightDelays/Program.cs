using FlightDelays;
using Spectre.Console;
using Weir;

return await Options.Command(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(Options options, CancellationToken cancellation)
{
    var console = AnsiConsole.Console;
    var display = new Display(console);
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
        console.MarkupLine("[yellow]Stopped. Start it again with the same directories and it goes on from its last checkpoint.[/]");
        return 130;
    }
    catch (Exception e) when (e is JobException or ArgumentException or IOException)
    {
        console.MarkupLineInterpolated($"[red]{e.Message}[/]");
        return 1;
    }

    Report.Show(console, options.Output);
    console.MarkupLineInterpolated($"The rows are in [green]{Path.GetFullPath(options.Output)}[/] (*.jsonl), the checkpoints in {Path.GetFullPath(options.Checkpoints)}.");
    console.MarkupLine("Run it again and it resumes, with nothing left to read; delete both directories to start over.");
    return 0;
}
