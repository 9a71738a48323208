using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>A <c>[Pipeline]</c> method in, its operators with state out.</summary>
/// <remarks>
/// Ids that the user gave are always known. Those of the order of the verbs are known where each verb is called once and in the order of
/// the text: not in loops, conditions or functions, and not where other methods take the stream.
/// </remarks>
internal static class StateParser
{
    /// <summary>The operators, in the order of their calls, with where they are called.</summary>
    public static FoundOperators Parse(
        IMethodSymbol method, SyntaxNode declaration, SemanticModel semantics, StateTypes types, CancellationToken cancellation)
    {
        var pipeline = $"{TypeNames.Label(method.ContainingType)}.{method.Name}";
        var found = new List<FoundOperator>();
        var ordinals = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = declaration.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .OrderBy(static call => call.ArgumentList.SpanStart).ToArray();
        var isWhole = !calls.Any(call => TakesStreamElsewhere(call, semantics, cancellation));
        var isInOrder = isWhole;
        foreach (var syntax in calls)
        {
            cancellation.ThrowIfCancellationRequested();
            if (VerbCall.Of(syntax, semantics, cancellation) is not { } call)
            {
                continue;
            }

            if (call.Verb == "Id")
            {
                Name(call, syntax, found);
                continue;
            }

            isInOrder &= !IsConditional(syntax, declaration);
            var verb = VerbStates.IdOf(call);
            ordinals[verb] = ordinals.TryGetValue(verb, out var ordinal) ? ordinal + 1 : 1;
            if (VerbStates.Has(call))
            {
                found.Add(new FoundOperator(
                    new OperatorStateModel
                    {
                        Pipeline = pipeline,
                        Id = FormattableString.Invariant($"{verb}-{ordinals[verb]}"),
                        Verb = verb,
                        States = new([.. VerbStates.Of(call, types, cancellation)]),
                    },
                    call.Name,
                    HasOwnId: false));
            }
        }

        return new FoundOperators([.. found.Where(one => isInOrder || one.HasOwnId)], isInOrder, isWhole);
    }

    // The operator that is named is the one whose call is the receiver, or the only one that its variable holds.
    private static void Name(VerbCall call, InvocationExpressionSyntax syntax, List<FoundOperator> found)
    {
        var receiver = call.Inputs().FirstOrDefault() is { } input ? FunctionParser.Unwrap(input) : null;
        receiver = receiver is null && syntax.Expression is MemberAccessExpressionSyntax access ? access.Expression : receiver;
        while (receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner } outer)
        {
            var at = found.FindIndex(one => one.At == inner.Name);
            if (at >= 0 && call.Argument("id") is LiteralExpressionSyntax { Token.Value: string id })
            {
                found[at] = found[at] with { Model = found[at].Model with { Id = id }, HasOwnId = true };
                return;
            }

            if (inner.Name.Identifier.ValueText is var name && !Verbs.IsNote(name) && name != "LateTo")
            {
                return;
            }

            receiver = inner.Expression;
        }
    }

    private static bool IsConditional(SyntaxNode call, SyntaxNode declaration)
    {
        for (var outer = call.Parent; outer is not null && outer != declaration; outer = outer.Parent)
        {
            if (outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or IfStatementSyntax or SwitchStatementSyntax
                or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                or ConditionalExpressionSyntax or SwitchExpressionSyntax or TryStatementSyntax)
            {
                return true;
            }
        }

        return false;
    }

    // A method of the user's may call verbs that stand elsewhere.
    private static bool TakesStreamElsewhere(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: var method }
        && TypeNames.Definition(method.ContainingType) is not ("Weir.StreamVerbs" or "Weir.Job")
        && (IsStream(method.ReturnType) || method.Parameters.Any(static parameter => IsStream(parameter.Type)));

    private static bool IsStream(ITypeSymbol type) => TypeNames.Definition(type) is "Weir.Stream" or "Weir.KeyedStream"
        or "Weir.WindowedStream" or "Weir.Job" or "Weir.StreamEnd";
}

/// <summary>An operator, and the name of the verb where it is called.</summary>
internal sealed record FoundOperator(OperatorStateModel Model, SyntaxNode At, bool HasOwnId);

/// <summary>The operators of a pipeline.</summary>
/// <param name="All">Those whose ids are known.</param>
/// <param name="IsInOrder">Whether the ids of the order of the verbs are.</param>
/// <param name="IsWhole">Whether none stands in another method.</param>
internal sealed record FoundOperators(List<FoundOperator> All, bool IsInOrder, bool IsWhole);
