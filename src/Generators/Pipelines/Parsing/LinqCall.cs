using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A call of <c>System.Linq</c>, written behind its sequence or as a static call that takes it first.</summary>
/// <param name="Syntax">The call.</param>
/// <param name="Method">Its method, without the sequence among its parameters.</param>
/// <param name="IsStatic">Whether it is written as a static call.</param>
internal sealed record LinqCall(InvocationExpressionSyntax Syntax, IMethodSymbol Method, bool IsStatic)
{
    public static LinqCall? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var whole = method.ReducedFrom ?? method;
        return whole.ContainingType?.ToDisplayString() != "System.Linq.Enumerable" ? null
            : method.ReducedFrom is not null ? new LinqCall(call, method, IsStatic: false)
            : whole.IsExtensionMethod && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null)
                && model.GetTypeInfo(call.ArgumentList.Arguments[0].Expression, cancellation).Type is { } sequence
                && Reduced(method, sequence) is { } reduced
                ? new LinqCall(call, reduced, IsStatic: true)
            : null;
    }

    /// <summary>The call that takes the result of another, if it is one of LINQ.</summary>
    public static InvocationExpressionSyntax? Behind(
        InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        call.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access when access.Expression == call => next,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax next } } first
                when next.ArgumentList.Arguments[0] == first && Of(next, model, cancellation) is { IsStatic: true } => next,
            _ => null,
        };

    /// <summary>An argument behind the sequence.</summary>
    public ArgumentSyntax Argument(int position) => Syntax.ArgumentList.Arguments[position + (IsStatic ? 1 : 0)];

    // With the type arguments that the call was bound to.
    private static IMethodSymbol? Reduced(IMethodSymbol method, ITypeSymbol sequence) =>
        method.OriginalDefinition.ReduceExtensionMethod(sequence) is not { } reduced ? null
            : reduced.TypeParameters.Length == 0 ? reduced
            : reduced.TypeParameters.Length == method.TypeArguments.Length ? reduced.ConstructedFrom.Construct([.. method.TypeArguments])
            : null;
}
