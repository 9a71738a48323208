using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>WEIR1001 to WEIR1009. Looks inside functions bound to a <c>[Deterministic]</c> parameter, and nowhere else.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NonDeterministicCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Rules.Clock,
        Rules.Randomness,
        Rules.Machine,
        Rules.SaltedHash,
        Rules.Culture,
        Rules.Unordered,
        Rules.InputOutput,
        Rules.HiddenState,
        Rules.Concurrency,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.DeterministicAttribute") is { } deterministic)
            {
                start.RegisterOperationAction(
                    operation => Analyze(operation, deterministic),
                    OperationKind.Invocation,
                    OperationKind.PropertyReference,
                    OperationKind.ObjectCreation,
                    OperationKind.MethodReference);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol deterministic)
    {
        ISymbol? member = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IPropertyReferenceOperation reference => reference.Property,
            IObjectCreationOperation creation => creation.Constructor,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };

        if (member?.ContainingType is { } type
            && NonDeterministicCalls.Find(TypeNames.Definition(type), member.Name) is { } found
            && IsInDeterministicFunction(context.Operation, deterministic))
        {
            var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"new {type.Name}" : $"{type.Name}.{member.Name}";
            context.ReportDiagnostic(Of(found, context.Operation.Syntax.GetLocation(), name));
        }
    }

    private static Diagnostic Of((DiagnosticDescriptor Rule, string Cure) found, Location at, string name) =>
        Diagnostic.Create(found.Rule, at, name, found.Cure);

    private static bool IsInDeterministicFunction(IOperation operation, INamedTypeSymbol deterministic)
    {
        // Outside any function of the argument, what is called runs once, when the pipeline is built.
        var isInFunction = operation is IMethodReferenceOperation;
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            isInFunction |= outer is IAnonymousFunctionOperation;
            if (isInFunction
                && outer is IArgumentOperation { Parameter: { } parameter }
                && parameter.GetAttributes()
                    .Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, deterministic)))
            {
                return true;
            }
        }

        return false;
    }
}
