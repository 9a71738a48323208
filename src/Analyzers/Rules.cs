using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <summary>
/// Every diagnostic of the project. WEIR0xxx: the pipeline cannot be compiled; 1xxx: it is not deterministic; 2xxx: state; 3xxx: speed and
/// usage.
/// </summary>
internal static class Rules
{
    private const string Pipeline = nameof(Pipeline);
    private const string Determinism = nameof(Determinism);
    private const string Performance = nameof(Performance);

    public static readonly DiagnosticDescriptor PipelineMethodShape = Rule(
        "WEIR0001",
        Pipeline,
        DiagnosticSeverity.Error,
        "A pipeline method is static and takes the Job first",
        "'{0}' cannot be a pipeline: {1}, and generated code has nothing to attach to; make it 'static' with a 'Job' as its first "
            + "parameter");

    public static readonly DiagnosticDescriptor UnsupportedStateType = Rule(
        "WEIR0002",
        Pipeline,
        DiagnosticSeverity.Error,
        "A stored type has a member without a codec",
        "'{3}' stores '{0}' in checkpoints or sends it to other subtasks, but its type '{1}' {2}; change the type, or leave the member out "
            + "of the record");

    public static readonly DiagnosticDescriptor AnonymousTypeCrossesExchange = Rule(
        "WEIR0003",
        Pipeline,
        DiagnosticSeverity.Error,
        "An anonymous type crosses an exchange",
        "'{0}' sends records of an anonymous type to other subtasks, where no codec can name them; declare a record for them");

    public static readonly DiagnosticDescriptor NonDeterministicCall = Rule(
        "WEIR1001",
        Determinism,
        DiagnosticSeverity.Warning,
        "An operator function is not deterministic",
        "'{0}' may answer differently when this record is replayed after a failure; use {1}");

    public static readonly DiagnosticDescriptor BufferedAggregate = Rule(
        "WEIR3001",
        Performance,
        DiagnosticSeverity.Info,
        "An aggregate keeps the records of its windows",
        "The records of each window are kept in memory until it fires, because {0}; use LINQ calls that can be computed record by "
            + "record, or an IAggregate");

    public static readonly DiagnosticDescriptor InterpretedVerb = Rule(
        "WEIR3002",
        Performance,
        DiagnosticSeverity.Info,
        "A part of a pipeline runs interpreted",
        "No loop is generated for '{0}', because {1}; it runs by delegates: slower, with the same results");

    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity severity, string title, string message) => new(
        id,
        title,
        message,
        category,
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/weir-stream/weir/blob/main/docs/rules/{id}.md");
}
