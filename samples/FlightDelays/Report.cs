using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace FlightDelays;

/// <summary>Shows the ten worst airports of the finished output: what a reader of the files would find there.</summary>
internal static partial class Report
{
    private const int Airports = 10;

    // An airport with a handful of flights is an anecdote.
    private const int MinFlights = 50;

    public static void Show(IAnsiConsole console, string output)
    {
        var worst = ReadFinished(output)
            .GroupBy(row => row.Origin)
            .Select(airport => (
                Origin: airport.Key,
                Flights: airport.Sum(row => row.Flights),
                Average: airport.Sum(row => row.AverageDelay * row.Flights) / airport.Sum(row => row.Flights),
                Max: airport.Max(row => row.MaxDelay)))
            .Where(airport => airport.Flights >= MinFlights)
            .OrderByDescending(airport => airport.Average)
            .ThenBy(airport => airport.Origin, StringComparer.Ordinal)
            .Take(Airports)
            .ToList();

        if (worst.Count == 0)
        {
            console.MarkupLine($"No airport has {MinFlights} flights of more than 100 miles in the output, so there is none to rank.");
            return;
        }

        console.MarkupLine($"The {worst.Count} worst airports of those with at least {MinFlights} flights of more than 100 miles:");
        var table = new Table().RoundedBorder();
        table.AddColumn("Origin");
        foreach (var heading in (string[])["Flights", "Average delay (min)", "Longest delay (min)"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        var chart = new BarChart().Width(70).Label("Average delay in minutes");
        foreach (var (origin, flights, average, max) in worst)
        {
            table.AddRow(Markup.Escape(origin), Text($"{flights:N0}"), Text($"{average:F2}"), Text($"{max}"));
            chart.AddItem(Markup.Escape(origin), Math.Round(average, 2), average >= 10 ? Color.Red : Color.Orange1);
        }

        console.Write(table);
        console.Write(chart);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static IEnumerable<DailyDelay> ReadFinished(string output) => Directory
        .EnumerateFiles(output, "part-*.jsonl")
        .SelectMany(File.ReadLines)
        .Select(line => JsonSerializer.Deserialize(line, Rows.Default.DailyDelay)!);

    // Written by System.Text.Json's generator, so that a native binary can read them too.
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(DailyDelay))]
    private sealed partial class Rows : JsonSerializerContext;
}
