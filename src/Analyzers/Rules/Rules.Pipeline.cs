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
}
