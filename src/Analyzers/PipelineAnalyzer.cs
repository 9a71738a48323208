using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers;

/// <summary>WEIR0001, WEIR3001, WEIR3002: runs the generator's parser and says what it could not compile.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PipelineAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.PipelineMethodShape, Rules.BufferedAggregate, Rules.InterpretedVerb];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        PipelineMethods.Register(context, Analyze);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, IMethodSymbol method)
    {
        if (!PipelineParser.IsPipeline(method))
        {
            var why = method.IsStatic ? "its first parameter is not a Job" : "it is not static";
            context.ReportDiagnostic(Diagnostic.Create(Rules.PipelineMethodShape, declaration.Identifier.GetLocation(), method.Name, why));
            return;
        }

        if (PipelineParser.IsGeneric(method))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Rules.InterpretedVerb, declaration.Identifier.GetLocation(), method.Name,
                "it has type parameters, or its type has"));
            return;
        }

        var findings = new List<Finding>();
        PipelineParser.Parse(method, declaration, context.SemanticModel, findings, context.CancellationToken);
        foreach (var finding in findings)
        {
            context.ReportDiagnostic(finding.Kind == FindingKind.Buffered
                ? Diagnostic.Create(Rules.BufferedAggregate, finding.At.GetLocation(), finding.Why)
                : Diagnostic.Create(Rules.InterpretedVerb, finding.At.GetLocation(), finding.At.ToString(), finding.Why));
        }
    }
}
