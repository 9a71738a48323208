namespace Weir.Simulation.Tests.Windows;

/// <summary>What a window, or a timer, tells of the flights of an airport.</summary>
public sealed record WindowedRow(string Origin, DateTime From, DateTime To, int Flights, int Delay, int FlightsBefore);
