using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Unions;

/// <summary>WEIR3004: an input of a union that holds the watermark of all back when it falls silent.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdlenessAnalyzer : DiagnosticAnalyzer
{
    private const int MaxDepth = 64;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.InputWithoutIdleness];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var union = (IInvocationOperation)context.Operation;
        if (!IsVerb(union, "Union"))
        {
            return;
        }

        var silent = Inputs(union).Where(static input => HoldsBack(input, 0)).Select(static input => NameOf(input.Syntax)).ToArray();
        if (silent.Length > 0)
        {
            var at = CallName.Of(union.Syntax).GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(Rules.InputWithoutIdleness, at, string.Join("', '", silent)));
        }
    }

    private static IEnumerable<IOperation> Inputs(IInvocationOperation union) => union.Arguments
        .Select(static argument => MemberUse.Bare(argument.Value))
        .SelectMany(static value => value is IArrayCreationOperation { Initializer: { } items } ? items.ElementValues : [value])
        .Select(MemberUse.Bare);

    // Event times without a word on silence, seen before anything that makes it another stream.
    private static bool HoldsBack(IOperation stream, int depth) => depth <= MaxDepth && stream switch
    {
        IInvocationOperation call when IsVerb(call, "IdleAfter") || IsVerb(call, "Union") => false,
        IInvocationOperation call when IsVerb(call, "WithEventTime") => true,
        IInvocationOperation call when IsVerb(call, null) && call.Arguments.Length > 0 =>
            HoldsBack(MemberUse.Bare(call.Arguments[0].Value), depth + 1),
        ILocalReferenceOperation local => Locals.InitializerOf(local) is { } value && HoldsBack(MemberUse.Bare(value), depth + 1),
        _ => false,
    };

    private static bool IsVerb(IInvocationOperation call, string? name) =>
        call.TargetMethod.ContainingType is { } type
        && MemberUse.FullName(type) == "Weir.StreamVerbs"
        && (name is null || call.TargetMethod.Name == name);

    private static string NameOf(SyntaxNode input)
    {
        var text = string.Join(" ", input.ToString().Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 40) + "…";
    }
}
