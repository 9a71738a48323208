using Spectre.Console;

namespace FlightDelays;

/// <summary>Where the sample writes: colours and lines as wide as the window on a terminal, plain text in a file or a pipe.</summary>
internal static class Terminal
{
    // A reader of a log, or a script that searches it, wants each message on one line.
    private const int UnlimitedWidth = 4_000;

    public static IAnsiConsole Output() => Console.IsOutputRedirected ? Plain(Console.Out) : Coloured(Console.Out);

    public static IAnsiConsole Error() => Console.IsErrorRedirected ? Plain(Console.Error) : Coloured(Console.Error);

    private static IAnsiConsole Coloured(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = UnlimitedWidth;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
