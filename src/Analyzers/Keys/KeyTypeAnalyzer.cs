using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Keys;

/// <summary>WEIR0006: a key that is not equal to itself when it comes again. Error; for real numbers, which are only risky, a
/// warning.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnstableKey];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if ((KeyOf(call) ?? HelpersKey.Of(call, context)) is { } key && KeyEquality.Find(key) is { } flaw)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.UnstableKey,
                CallName.Of(call.Syntax).GetLocation(),
                flaw.IsRisk ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
                additionalLocations: null,
                properties: null,
                flaw.Path,
                flaw.Why,
                flaw.Cure));
        }
    }

    /// <summary>The key of a verb that makes a keyed stream, whichever it is: the last type of the stream.</summary>
    internal static ITypeSymbol? KeyOf(IInvocationOperation call) =>
        call.TargetMethod is { ContainingType: { } owner, ReturnType: INamedTypeSymbol { TypeArguments: [.., { } key] } keyed }
        && MemberUse.FullName(owner) is "Weir.StreamVerbs" or "Weir.Job"
        && MemberUse.FullName(keyed) == "Weir.KeyedStream"
            ? key
            : null;
}
