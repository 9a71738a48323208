using Weir;

namespace FlightDelays;

/// <summary>One domestic flight of 2001, as the Bureau of Transportation Statistics recorded it.</summary>
/// <param name="Departure">Scheduled departure, local time without a zone.</param>
/// <param name="Delay">Minutes late on arrival; negative is early.</param>
/// <param name="Distance">Miles.</param>
/// <param name="Origin">IATA code.</param>
/// <param name="Destination">IATA code.</param>
internal sealed record Flight(
    DateTime Departure,
    [property: Column("delay_minutes")] int Delay,
    [property: Column("distance_miles")] int Distance,
    string Origin,
    string Destination);
