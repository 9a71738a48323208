namespace FlightDelays;

/// <summary>The flights of more than 100 miles that left one airport on one day.</summary>
/// <param name="Origin">IATA code.</param>
/// <param name="Day">The day of departure.</param>
/// <param name="Flights">How many there were.</param>
/// <param name="AverageDelay">Minutes late on arrival, on average.</param>
/// <param name="MaxDelay">Minutes that the latest was late.</param>
internal sealed record DailyDelay(string Origin, DateOnly Day, int Flights, double AverageDelay, int MaxDelay);
