using System.CommandLine;
using System.CommandLine.Parsing;

namespace FlightDelays;

/// <summary>What the command line says.</summary>
/// <param name="Input">A CSV file, a directory of them or a pattern.</param>
/// <param name="Output">The directory of the finished part files.</param>
/// <param name="Checkpoints">The directory of the checkpoints.</param>
/// <param name="IntervalMs">Milliseconds between checkpoints.</param>
/// <param name="Rate">Records per second; 0 is as fast as it goes.</param>
/// <param name="Parallelism">Subtasks of each operator.</param>
/// <param name="Interpreted">Whether to run without the generated kernels.</param>
internal sealed record Options(
    string Input,
    string Output,
    string Checkpoints,
    int IntervalMs,
    int Rate,
    int Parallelism,
    bool Interpreted)
{
    /// <summary>Makes the command; the default values let it run with no argument at all.</summary>
    public static RootCommand Command(Func<Options, CancellationToken, Task<int>> run)
    {
        var input = new Option<string>("--input")
        {
            Description = "A CSV file of flights, a directory of them, or a pattern such as 'flights/*.csv'.",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "flights.csv"),
        };
        var output = new Option<string>("--output")
        {
            Description = "Where the finished part files appear.",
            DefaultValueFactory = _ => Path.Combine("out", "flight-delays"),
        };
        var checkpoints = new Option<string>("--checkpoints")
        {
            Description = "Where checkpoints are kept. Started again with the same directories, the job resumes.",
            DefaultValueFactory = _ => Path.Combine("out", "flight-delays-checkpoints"),
        };
        var interval = Number("--interval", "Milliseconds between checkpoints.", 500, least: 1);
        var rate = Number("--rate", "Records per second that are read; 0 is as fast as it goes.", 8_000, least: 0);
        var parallelism = Number("--parallelism", "Subtasks of each operator.", 1, least: 1);
        var interpreted = new Option<bool>("--interpreted") { Description = "Run without the generated kernels: slower, same results." };

        var command = new RootCommand("Average and maximum delay of 20,000 real flights, per airport and day, exactly once.")
        {
            input, output, checkpoints, interval, rate, parallelism, interpreted,
        };
        command.SetAction((parsed, cancellation) => run(
            new Options(
                parsed.GetRequiredValue(input),
                parsed.GetRequiredValue(output),
                parsed.GetRequiredValue(checkpoints),
                parsed.GetRequiredValue(interval),
                parsed.GetRequiredValue(rate),
                parsed.GetRequiredValue(parallelism),
                parsed.GetRequiredValue(interpreted)),
            cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result => AtLeast(result, name, least));
        return option;
    }

    private static void AtLeast(OptionResult result, string name, int least)
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var given) && given < least)
        {
            result.AddError($"{name} is {given}, but must be at least {least}.");
        }
    }
}
