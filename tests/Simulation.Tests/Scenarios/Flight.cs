namespace Weir.Simulation.Tests.Scenarios;

/// <summary>A flight, as the main sample has it.</summary>
public sealed record Flight(DateTime Departure, int Delay, int Distance, string Origin, string Destination);

/// <summary>The flights of one airport on one day.</summary>
public sealed record DailyDelay(string Origin, DateOnly Day, int Flights, double AverageDelay, int MaxDelay);

/// <summary>A flight in short.</summary>
public sealed record Leg(string Origin, string Destination, DateTime Departure);
