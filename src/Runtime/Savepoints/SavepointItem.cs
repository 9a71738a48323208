namespace Weir.Runtime.Savepoints;

/// <summary>A value with the time of its last update, where states expire.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Updated">When it was updated last, by processing time; null where it does not expire, or the time is not known.</param>
public readonly record struct SavepointItem<T>(T Value, DateTimeOffset? Updated);
