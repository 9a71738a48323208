using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Something about a pipeline that its author should know. For the analyzer: it holds syntax, and so never enters a model.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where it is.</param>
/// <param name="Why">Why it is so.</param>
/// <param name="Cure">What would change it; null where the rule's page says it.</param>
internal sealed record Finding(FindingKind Kind, SyntaxNode At, string Why, string? Cure = null);

/// <summary>What there is to know.</summary>
internal enum FindingKind
{
    /// <summary>The records of each window are kept until it fires.</summary>
    Buffered,

    /// <summary>All records of each key are kept for ever, and walked at each record.</summary>
    KeptForEver,

    /// <summary>No loop is generated for a verb: it runs by delegates.</summary>
    Interpreted,

    /// <summary>A loop calls a delegate for each record.</summary>
    Delegate,

    /// <summary>Windows of event time over records that have none.</summary>
    NoEventTime,
}
