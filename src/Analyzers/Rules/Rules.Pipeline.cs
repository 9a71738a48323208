using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <content>WEIR0xxx: what cannot be compiled.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor PipelineMethodShape = Rule(
        "WEIR0001",
        Pipeline,
        DiagnosticSeverity.Error,
        "A pipeline method is static and takes the Job first",
        "'{0}' cannot be a pipeline: {1}; a pipeline is a static method that takes the 'Job' first, returns nothing and is not "
            + "asynchronous");

    public static readonly DiagnosticDescriptor UnsupportedStateType = Rule(
        "WEIR0002",
        Pipeline,
        DiagnosticSeverity.Error,
        "A stored type has a member without a codec",
        "'{0}' cannot be {3}, because its type '{1}' {2}; change the type, or leave the member out of the record");

    public static readonly DiagnosticDescriptor AnonymousTypeCrossesExchange = Rule(
        "WEIR0003",
        Pipeline,
        DiagnosticSeverity.Error,
        "An anonymous type crosses an exchange",
        "'{0}' sends records of an anonymous type to other subtasks, where no codec can name them; declare a record for them");

    public static readonly DiagnosticDescriptor WindowWithoutEventTime = Rule(
        "WEIR0004",
        Pipeline,
        DiagnosticSeverity.Error,
        "Windows of event time need event times",
        "The windows are cut by event time, but the records have none: {0}; call 'WithEventTime' before 'KeyBy'");

    public static readonly DiagnosticDescriptor CompilerSetting = Rule(
        "WEIR0007",
        Pipeline,
        DiagnosticSeverity.Error,
        "A setting keeps generated code from being compiled",
        "'{0}' is not compiled: {1}; {2}");

    public static readonly DiagnosticDescriptor GuaranteeCannotHold = Rule(
        "WEIR0005",
        Pipeline,
        DiagnosticSeverity.Error,
        "A source or sink cannot give exactly once",
        "'{0}' breaks the guarantee of exactly once that {1} asks for, because {2}; use another, or ask for at least once");

    public static readonly DiagnosticDescriptor UnstableKey = Rule(
        "WEIR0006",
        Pipeline,
        DiagnosticSeverity.Error,
        "A key has no stable equality",
        "The key '{0}' {1}: records of equal keys are not brought together, or not found again after a restart; {2}");
}
