using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Codecs;

/// <summary>Finds what <c>WithParallelism</c> sends to other subtasks: what goes into its stage, and what comes out.</summary>
/// <remarks>
/// The parallelism of the job is known when it starts, so any stage that says its own is cut off from one that does not. Two stages that
/// say the same number are one chain.
/// </remarks>
internal static class ParallelismChange
{
    /// <summary>The types of the records that cross.</summary>
    public static IEnumerable<ITypeSymbol> Crossing(
        InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel semantics, CancellationToken cancellation)
    {
        if (TypeNames.Definition(method.ContainingType) != "Weir.StreamVerbs" || StageOf(call) is not { } stage)
        {
            yield break;
        }

        var own = NumberOf(call, semantics, cancellation);
        if (Receiver(stage) is { } source && semantics.GetSymbolInfo(stage, cancellation).Symbol is IMethodSymbol verb
            && !IsCutBefore(verb.Name)
            && RecordsOf(semantics.GetTypeInfo(source, cancellation).Type) is { } records
            && !(own is not null && own == NumberOfStage(source, semantics, cancellation)))
        {
            yield return records;
        }

        if (RecordsOf(method.ReturnType) is { } results && !StaysTogether(call, own, semantics, cancellation))
        {
            yield return results;
        }
    }

    // What sends by key runs where the stream before it does; the others are cuts by themselves.
    private static bool IsCutBefore(string verb) => verb is "Aggregate" or "Rebalance" or "Union";

    private static bool IsModifier(string verb) => Verbs.IsNote(verb) || verb == "LateTo";

    private static bool StaysTogether(
        InvocationExpressionSyntax call, int? own, SemanticModel semantics, CancellationToken cancellation)
    {
        var at = call;
        while (at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == at)
        {
            var name = access.Name.Identifier.ValueText;
            if (Verbs.IsExchange(name))
            {
                return true;
            }

            if (!IsModifier(name))
            {
                return own is not null && own == ParallelismBehind(next, semantics, cancellation);
            }

            at = next;
        }

        // Nobody takes it here: a variable's users may.
        return false;
    }

    private static int? ParallelismBehind(InvocationExpressionSyntax verb, SemanticModel semantics, CancellationToken cancellation)
    {
        var at = verb;
        while (at.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == at
            && IsModifier(access.Name.Identifier.ValueText))
        {
            if (access.Name.Identifier.ValueText == "WithParallelism")
            {
                return NumberOf(next, semantics, cancellation);
            }

            at = next;
        }

        return null;
    }

    private static int? NumberOfStage(ExpressionSyntax stream, SemanticModel semantics, CancellationToken cancellation)
    {
        while (stream is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            && IsModifier(access.Name.Identifier.ValueText))
        {
            if (access.Name.Identifier.ValueText == "WithParallelism")
            {
                return NumberOf(call, semantics, cancellation);
            }

            stream = access.Expression;
        }

        return null;
    }

    private static int? NumberOf(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        call.ArgumentList.Arguments.LastOrDefault() is { } argument
        && semantics.GetConstantValue(argument.Expression, cancellation) is { HasValue: true, Value: int number } ? number : null;

    // The verb whose stage is meant.
    private static InvocationExpressionSyntax? StageOf(InvocationExpressionSyntax call)
    {
        var at = Receiver(call);
        while (at is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
            && IsModifier(access.Name.Identifier.ValueText))
        {
            at = access.Expression;
        }

        return at as InvocationExpressionSyntax ?? call;
    }

    private static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    private static ITypeSymbol? RecordsOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && TypeNames.Definition(named) == "Weir.Stream"
            ? named.TypeArguments[0] : null;
}
