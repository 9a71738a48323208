using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <content>WEIR1xxx: what answers differently when a record is replayed. {0} is the path to it, {1} what to do.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor Clock = Rule(
        "WEIR1001",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function reads a clock",
        "'{0}' reads a clock, which has moved on when this record is replayed after a failure; {1}");

    public static readonly DiagnosticDescriptor Randomness = Rule(
        "WEIR1002",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function draws a random value",
        "'{0}' draws a random value, which is another one when this record is replayed after a failure; {1}");

    public static readonly DiagnosticDescriptor Machine = Rule(
        "WEIR1003",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function asks the machine or the process",
        "'{0}' asks the machine or the process, and this record may be replayed in another one; {1}");

    public static readonly DiagnosticDescriptor SaltedHash = Rule(
        "WEIR1004",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function uses a salted hash code",
        "'{0}' is a hash code that .NET may compute differently in each process, and this record may be replayed in another one; {1}");

    public static readonly DiagnosticDescriptor Culture = Rule(
        "WEIR1005",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function depends on the current culture",
        "'{0}' depends on the culture of the process, and this record may be replayed in another one; {1}");

    public static readonly DiagnosticDescriptor Unordered = Rule(
        "WEIR1006",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function lets the order of an unordered collection into its result",
        "'{0}' takes values in an order that is not defined, and may be another when this record is replayed after a failure; {1}");

    public static readonly DiagnosticDescriptor InputOutput = Rule(
        "WEIR1007",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function does I/O, blocks or locks",
        "'{0}' reaches outside or waits: the answer may be another when this record is replayed, and the subtask stands still; {1}");

    public static readonly DiagnosticDescriptor HiddenState = Rule(
        "WEIR1008",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function keeps or reads hidden state",
        "'{0}' is state that no checkpoint holds: after a failure it is not what it was when this record came first; {1}");

    public static readonly DiagnosticDescriptor Concurrency = Rule(
        "WEIR1009",
        Determinism,
        DiagnosticSeverity.Error,
        "An operator function starts work of its own",
        "'{0}' starts work that no subtask waits for in a fixed order; {1}");

    /// <summary>Gets all rules of the family, in the order of their ids.</summary>
    public static DiagnosticDescriptor[] OfDeterminism { get; } =
        [Clock, Randomness, Machine, SaltedHash, Culture, Unordered, InputOutput, HiddenState, Concurrency];

    /// <summary>The rule of the family that has an id, or null.</summary>
    /// <param name="id">The id.</param>
    public static DiagnosticDescriptor? Of(string id) => OfDeterminism.FirstOrDefault(rule => rule.Id == id);
}
