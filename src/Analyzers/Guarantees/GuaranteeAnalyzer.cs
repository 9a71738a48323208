using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Guarantees;

/// <summary>WEIR0005: exactly once is asked for, and the type of a source or sink cannot give it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuaranteeAnalyzer : DiagnosticAnalyzer
{
    private const int ExactlyOnce = 2;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.GuaranteeCannotHold];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (BoundaryTypes.Of(start.Compilation) is { } types)
            {
                var reported = new ConcurrentDictionary<Location, bool>();
                start.RegisterOperationBlockAction(block => Check(block, types, reported));
            }
        });
    }

    private static void Check(OperationBlockAnalysisContext context, BoundaryTypes types, ConcurrentDictionary<Location, bool> reported)
    {
        var operations = context.OperationBlocks.SelectMany(static block => block.DescendantsAndSelf()).ToArray();
        var byAttribute = IsAsked(context.OwningSymbol);
        if (!byAttribute && !operations.Any(IsAsking))
        {
            return;
        }

        var asking = byAttribute ? "its [Pipeline] attribute" : "the JobOptions that it runs with";
        Report(operations, asking);
        foreach (var pipeline in byAttribute ? [] : operations.OfType<IInvocationOperation>().Select(static call => call.TargetMethod)
            .Where(IsPipeline)
            .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default))
        {
            Report(BodyOf(pipeline, context), asking);
        }

        void Report(IEnumerable<IOperation> within, string who)
        {
            foreach (var call in within.OfType<IInvocationOperation>())
            {
                if (types.Refuse(call) is { } why && CallName.Of(call.Syntax).GetLocation() is var at && reported.TryAdd(at, true))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.GuaranteeCannotHold, at, call.TargetMethod.Name, who, why));
                }
            }
        }
    }

    private static bool IsAsked(ISymbol method) => method.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { } type
        && MemberUse.FullName(type) == "Weir.PipelineAttribute"
        && attribute.NamedArguments.Any(static argument => argument.Key == "Guarantee" && argument.Value.Value is ExactlyOnce));

    private static bool IsPipeline(IMethodSymbol method) => method.GetAttributes()
        .Any(static attribute => attribute.AttributeClass is { } type && MemberUse.FullName(type) == "Weir.PipelineAttribute");

    private static bool IsAsking(IOperation operation) =>
        operation is ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation { Property: { Name: "Guarantee", ContainingType: { } type } },
            Value.ConstantValue: { HasValue: true, Value: ExactlyOnce },
        }
        && MemberUse.FullName(type) == "Weir.JobOptions";

    // A pipeline of another file is read there; what it is run with stands here.
    private static IEnumerable<IOperation> BodyOf(IMethodSymbol pipeline, OperationBlockAnalysisContext context)
    {
        foreach (var declaration in pipeline.DeclaringSyntaxReferences.Select(part => part.GetSyntax(context.CancellationToken)))
        {
#pragma warning disable RS1030 // The pipeline may stand in another file than the options that it is run with.
            var model = context.Compilation.GetSemanticModel(declaration.SyntaxTree);
#pragma warning restore RS1030
            foreach (var operation in model.GetOperation(declaration, context.CancellationToken)?.DescendantsAndSelf() ?? [])
            {
                yield return operation;
            }
        }
    }
}
