namespace Weir;

/// <summary>A record that a function of the user's threw on, and what it threw.</summary>
/// <remarks>All of it is the same again when the record is read again: there is no stack trace in it.</remarks>
/// <typeparam name="T">The records that the function takes.</typeparam>
/// <param name="Record">The record.</param>
/// <param name="EventTime">Its event time in UTC; null if it has none.</param>
/// <param name="Operator">The id of the operator whose function it is.</param>
/// <param name="ExceptionType">The name of the type of what was thrown, with its namespace.</param>
/// <param name="Message">What it said.</param>
public sealed record FailedRecord<T>(T Record, DateTime? EventTime, string Operator, string ExceptionType, string Message);
