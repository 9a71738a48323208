namespace Weir.Oracle.Tests;

/// <summary>One domestic flight of 2001. Times have no zone in the data; here and in the queries they count as UTC.</summary>
/// <param name="Departure">Scheduled departure.</param>
/// <param name="Delay">Minutes late on arrival; negative is early.</param>
/// <param name="Distance">Miles.</param>
/// <param name="Origin">IATA code.</param>
/// <param name="Destination">IATA code.</param>
public sealed record Flight(
    DateTime Departure,
    [property: Column("delay_minutes")] int Delay,
    [property: Column("distance_miles")] int Distance,
    string Origin,
    string Destination);
