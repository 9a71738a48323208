using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>WEIR0002, WEIR0003: what a pipeline stores or sends must have a codec.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnsupportedStateType,
        Rules.AnonymousTypeCrossesExchange];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        PipelineMethods.Register(context, Analyze);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, IMethodSymbol method)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var use in StateTypeFinder.Find(declaration, context.SemanticModel, context.CancellationToken)
            .Where(static use => use.MustBeStored && !HoldsAnonymous(use.Type)))
        {
            if (TypeParser.Parse(use.Type, context.Compilation, context.CancellationToken).Failure is { } failure
                && reported.Add(failure.ToString()))
            {
                var verb = NameOf(use.Call);
                context.ReportDiagnostic(
                    Diagnostic.Create(Rules.UnsupportedStateType, verb.GetLocation(), failure.Path, failure.Type, failure.Reason,
                    verb.ToString()));
            }
        }

        foreach (var call in declaration.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (VerbCall.Of(call, context.SemanticModel, context.CancellationToken) is { Verb: "KeyBy" or "Rebalance" or "Union" } verb
                && verb.Method.TypeArguments.Any(HoldsAnonymous))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.AnonymousTypeCrossesExchange, verb.Name.GetLocation(), verb.Verb));
            }
        }
    }

    private static SyntaxNode NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression;

    private static bool HoldsAnonymous(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HoldsAnonymous(array.ElementType),
        INamedTypeSymbol named => named.IsAnonymousType || named.TypeArguments.Any(HoldsAnonymous),
        _ => false,
    };
}
