using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers;

/// <summary>WEIR0003: an anonymous type crosses an exchange. Each type is reported where it first does.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnonymousTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.AnonymousTypeCrossesExchange];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.StreamVerbs") is { } verbs)
            {
                start.RegisterOperationBlockAction(block => Analyze(block, verbs));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, INamedTypeSymbol verbs)
    {
        var reported = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (name, verb, types) in context.OperationBlocks
            .SelectMany(static block => block.DescendantsAndSelf())
            .OfType<IInvocationOperation>()
            .Where(call => IsExchange(call, verbs))
            .Select(static call => (CallName.Of(call.Syntax), call.TargetMethod.Name, call.TargetMethod.TypeArguments))
            .OrderBy(static call => call.Item1.SpanStart))
        {
            foreach (var anonymous in types.Select(AnonymousTypes.Of).OfType<INamedTypeSymbol>())
            {
                if (reported.Add(anonymous))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.AnonymousTypeCrossesExchange, name.GetLocation(), verb));
                    break;
                }
            }
        }
    }

    private static bool IsExchange(IInvocationOperation call, INamedTypeSymbol verbs) =>
        call.TargetMethod.Name is "KeyBy" or "GroupBy" or "Rebalance" or "Union"
        && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, verbs);
}
