using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Knows the types that streams have.</summary>
internal static class StreamTypes
{
    /// <summary>The name of a keyed stream.</summary>
    public const string Keyed = "KeyedStream";

    /// <summary>The name of a keyed stream cut into windows.</summary>
    public const string Windowed = "WindowedStream";

    /// <summary>The name of one whose results say what they replace.</summary>
    public const string Retracting = "RetractingStream";

    /// <summary>The name of two streams side by side.</summary>
    public const string Connected = "ConnectedStreams";

    /// <summary>Whether a value of the type is a stream, or the end of one.</summary>
    public static bool IsStream(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Stream" or Keyed or Windowed or Retracting or Connected or "StreamEnd",
        ContainingNamespace: { Name: "Weir", ContainingNamespace.IsGlobalNamespace: true },
    };

    /// <summary>Whether a value of the type is cut into windows.</summary>
    public static bool AreWindows(ITypeSymbol type) => IsStream(type) && type.Name is Windowed or Retracting;

    /// <summary>Whether a parameter takes a stream, or any number of them.</summary>
    public static bool TakesStreams(ITypeSymbol type) => IsStream(type)
        || (type is IArrayTypeSymbol { ElementType: var element } && IsStream(element))
        || (type is INamedTypeSymbol { TypeArguments: [var item] } && !IsStream(type) && IsStream(item));

    /// <summary>Whether a value of the type leads to the stage that made it.</summary>
    public static bool HasStage(ITypeSymbol type) => IsStream(type) && type.Name is "Stream" or Keyed or "StreamEnd";

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
