using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Generators.Types;

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
        if (!byAttribute && !operations.Any(JobRuns.IsAsking))
        {
            return;
        }

        var asking = byAttribute ? "its [Pipeline] attribute" : "the JobOptions that it runs with";
        var runs = new JobRuns(operations);
        var own = operations.OfType<IInvocationOperation>().Where(call => byAttribute || !runs.IsSpared(call)).ToArray();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { context.OwningSymbol };
        var open = new Queue<IInvocationOperation>(own);
        while (open.Count > 0)
        {
            var call = open.Dequeue();
            if (types.Refuse(call) is { } why && CallName.Of(call.Syntax).GetLocation() is var at && reported.TryAdd(at, true))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.GuaranteeCannotHold, at, call.TargetMethod.Name, asking, why));
            }

            // The pipelines that a job is given, and the methods that a pipeline is built with.
            var called = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
            if (called.MethodKind != MethodKind.LocalFunction && Builds(called) && seen.Add(called))
            {
                foreach (var inner in BodyOf(called, context).OfType<IInvocationOperation>())
                {
                    open.Enqueue(inner);
                }
            }
        }
    }

    private static bool Builds(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty
        && method.Parameters.Select(static parameter => parameter.Type).Append(method.ReturnType).Any(static type =>
            type is INamedTypeSymbol named
            && MemberUse.FullName(named) is "Weir.Job" or "Weir.Stream" or "Weir.KeyedStream" or "Weir.WindowedStream");

    private static bool IsAsked(ISymbol method) => TypeNames.Attribute(method, "Weir.PipelineAttribute") is { } attribute
        && attribute.NamedArguments.Any(static argument => argument.Key == "Guarantee" && argument.Value.Value is ExactlyOnce);

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
