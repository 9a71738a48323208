using System.CommandLine;
using System.Globalization;

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
    // As many as there are key groups by default. More than a machine has cores only costs.
    private const int MostSubtasks = 128;

    /// <summary>Makes the command; the default values let it run with no argument at all.</summary>
    public static RootCommand Command(Func<Options, CancellationToken, Task<int>> run)
    {
        var input = Place(
            "--input",
            "FILE",
            "A CSV file of flights, a directory of them, or a pattern such as 'flights/*.csv'.",
            () => Path.Combine(AppContext.BaseDirectory, "flights.csv"));
        var output = Place("--output", "DIR", "Where the finished part files appear.", () => Path.Combine("out", "flight-delays"));
        var checkpoints = Place(
            "--checkpoints",
            "DIR",
            "Where checkpoints are kept. Started again with the same directories, the job resumes.",
            () => Path.Combine("out", "flight-delays-checkpoints"));
        var interval = Number("--interval", "MS", "Milliseconds between checkpoints.", 500, least: 1);
        var rate = Number("--rate", "RECORDS_PER_SECOND", "Records per second that are read; 0 is as fast as it goes.", 8_000, least: 0);
        var parallelism = Number("--parallelism", "N", "Subtasks of each operator.", 1, least: 1, most: MostSubtasks);
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

    private static Option<string> Place(string name, string placeholder, string description, Func<string> value)
    {
        var option = new Option<string>(name) { Description = description, HelpName = placeholder, DefaultValueFactory = _ => value() };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError($"{name} is empty: give a path, or leave it out for {value()}.");
            }
        });
        return option;
    }

    private static Option<int> Number(
        string name, string placeholder, string description, int value, int least, int most = int.MaxValue) => new(name)
        {
            Description = description,
            HelpName = placeholder,
            DefaultValueFactory = _ => value,
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                    && number <= most)
                {
                    return number;
                }

                result.AddError($"{name} is '{given}', but must be a whole number {(most == int.MaxValue ? $"from {least}" : $"from {least} to {most}")}: for example {name} {value}.");
                return value;
            },
        };
}
