using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Knows the types that streams have.</summary>
internal static class StreamTypes
{
    /// <summary>Whether a value of the type is a stream, or the end of one.</summary>
    public static bool IsStream(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Stream" or "KeyedStream" or "WindowedStream" or "StreamEnd",
        ContainingNamespace: { Name: "Weir", ContainingNamespace.IsGlobalNamespace: true },
    };

    /// <summary>Whether a value of the type is a job.</summary>
    public static bool IsJob(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Job", ContainingNamespace: { Name: "Weir", ContainingNamespace.IsGlobalNamespace: true },
    };

    /// <summary>Whether a method takes or gives what a pipeline is made of.</summary>
    public static bool AreIn(IMethodSymbol method) =>
        AreStreamsIn(method) || method.Parameters.Any(static parameter => IsJob(parameter.Type));

    /// <summary>Whether a method takes or gives streams.</summary>
    public static bool AreStreamsIn(IMethodSymbol method) =>
        IsStream(method.ReturnType) || method.Parameters.Any(static parameter => IsStream(parameter.Type));
}
