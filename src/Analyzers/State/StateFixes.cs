using System.Collections.Immutable;

namespace Weir.Analyzers.State;

/// <summary>What the rules of the baseline tell their fixes: names of properties of diagnostics.</summary>
internal static class StateFixes
{
    /// <summary>The file.</summary>
    public const string File = "weir.state.json";

    /// <summary>The pipeline that it is about.</summary>
    public const string Pipeline = "pipeline";

    /// <summary>The name that the pipeline has in the baseline, if it is another.</summary>
    public const string FormerPipeline = "formerPipeline";

    /// <summary>The id of the operator whose state has changed.</summary>
    public const string Operator = "operator";

    /// <summary>The name that the declaration at the additional location may have had.</summary>
    public const string FormerName = "wasNamed";

    /// <summary>The id that the operator may have had.</summary>
    public const string FormerId = "id";

    /// <summary>Those that there are.</summary>
    public static ImmutableDictionary<string, string?> Properties(params (string Name, string? Value)[] properties) =>
        properties.Where(static property => property.Value is not null)
            .ToImmutableDictionary(static property => property.Name, static property => property.Value);
}
