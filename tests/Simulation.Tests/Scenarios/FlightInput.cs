using System.Globalization;
using System.Text;

namespace Weir.Simulation.Tests.Scenarios;

/// <summary>Flights made up by seed, out of order within the bound of the pipelines.</summary>
internal static class FlightInput
{
    private static readonly DateTime FirstDay = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly string[] Airports = ["ATL", "BOS", "DEN", "JFK", "LAX", "ORD", "SEA"];

    /// <summary>A file's flights: three days, each row at most an hour behind those before it.</summary>
    public static IReadOnlyList<Flight> Make(int seed, int count)
    {
        var random = new Random(seed);
        var step = TimeSpan.FromDays(3) / count;
        return [.. Enumerable.Range(0, count).Select(i => new Flight(
            FirstDay + (step * i) + TimeSpan.FromMinutes(random.Next(60)),
            random.Next(-20, 90),
            random.Next(50, 2500),
            Airports[random.Next(Airports.Length)],
            Airports[random.Next(Airports.Length)]))];
    }

    /// <summary>The flights as CSV.</summary>
    public static string ToCsv(IEnumerable<Flight> flights)
    {
        var text = new StringBuilder("departure,delay,distance,origin,destination\n");
        foreach (var flight in flights)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{flight.Departure:yyyy-MM-ddTHH:mm:ss},{flight.Delay},{flight.Distance},{flight.Origin},{flight.Destination}\n");
        }

        return text.ToString();
    }
}
