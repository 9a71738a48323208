namespace Weir.Oracle.Tests;

/// <summary>The flights, as both engines are given them.</summary>
internal static class FlightData
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "flights.csv");

    /// <summary>The file in one piece, so that records arrive in the order of its lines whatever the parallelism.</summary>
    public static ISource<Flight> InOrder => Csv.Read<Flight>(Path, new CsvOptions { MinSplitSizeBytes = 1 << 30 });

    /// <summary>The file in as many pieces as there are subtasks, which are read side by side.</summary>
    public static ISource<Flight> InPieces => Csv.Read<Flight>(Path);
}
