using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <content>WEIR3xxx: speed and usage.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor BufferedAggregate = Rule(
        "WEIR3001",
        Performance,
        DiagnosticSeverity.Info,
        "An aggregate keeps the records of its windows",
        "{0}, because {1}; use LINQ calls that can be computed record by record, or an IAggregate");

    public static readonly DiagnosticDescriptor InterpretedVerb = Rule(
        "WEIR3002",
        Performance,
        DiagnosticSeverity.Info,
        "A part of a pipeline runs interpreted",
        "No loop is generated for '{0}', because {1}; it runs by delegates: slower, with the same results; {2}");

    public static readonly DiagnosticDescriptor DelegatePerRecord = Rule(
        "WEIR3003",
        Performance,
        DiagnosticSeverity.Info,
        "A loop calls a delegate for each record",
        "The loop calls a delegate for each record, because {0}; {1} to have it written into the loop");

    public static readonly DiagnosticDescriptor InputWithoutIdleness = Rule(
        "WEIR3004",
        Performance,
        DiagnosticSeverity.Info,
        "An input of a union declares no idleness",
        "The input '{0}' holds back the windows of all inputs while it has no records; if it may fall silent, write IdleAfter behind its "
            + "WithEventTime");
}
