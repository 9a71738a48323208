using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Says which methods may be pipelines.</summary>
internal static class PipelineShape
{
    /// <summary>What stands against it, to be read behind <c>cannot be a pipeline:</c>; nothing if the method may be one.</summary>
    public static string[] FaultsOf(IMethodSymbol method) => [.. Faults(method)];

    private static IEnumerable<string> Faults(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
        {
            yield return "it is a function inside a method, and generated code follows methods of types";
        }
        else if (method.MethodKind is not MethodKind.Ordinary)
        {
            yield return "it is not an ordinary method";
        }
        else if (!method.IsStatic)
        {
            yield return "it is not static";
        }

        var first = method.Parameters.FirstOrDefault();
        if (first is null)
        {
            yield return "it takes no Job";
        }
        else if (!StreamTypes.IsJob(first.Type))
        {
            yield return first.Type.TypeKind == TypeKind.Error ? "the type of its first parameter is not known"
                : method.Parameters.Any(static parameter => StreamTypes.IsJob(parameter.Type)) ? "the Job is not its first parameter"
                : "its first parameter is not a Job";
        }
        else if (first.RefKind != RefKind.None)
        {
            yield return "it takes the Job by reference";
        }

        if (method.IsAsync)
        {
            yield return "it is asynchronous, so that the pipeline would not be complete when it returns";
        }

        if (!method.ReturnsVoid && !method.IsAsync)
        {
            yield return "it returns something";
        }

        if (method.IsAbstract || method.IsExtern || (method.IsPartialDefinition && method.PartialImplementationPart is null))
        {
            yield return "it has no body";
        }
    }
}
