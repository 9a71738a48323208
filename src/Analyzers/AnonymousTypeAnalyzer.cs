using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Codecs;
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
            .Select(call => (CallName.Of(call.Syntax), call.TargetMethod.Name,
                Types: SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, verbs) ? TypesOf(call)
                    : OfHelper(call, context.CancellationToken)))
            .Where(static call => call.Types.Length > 0)
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

    // A helper that sends whatever it is given to other subtasks.
    private static ImmutableArray<ITypeSymbol> OfHelper(IInvocationOperation call, CancellationToken cancellation) =>
        call.SemanticModel is { } semantics && call.TargetMethod.TypeArguments.Any(static type => AnonymousTypes.Of(type) is not null)
            ? [.. new StateTypeReader(semantics, cancellation).OfCall(call.Syntax).Where(static use => use.MustBeStored)
                .Select(static use => use.Type)]
            : [];

    // The types of the records that a call sends to other subtasks.
    private static ImmutableArray<ITypeSymbol> TypesOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        var name when Verbs.IsExchange(name) => call.TargetMethod.TypeArguments,
        "WithParallelism" when call.TargetMethod.TypeArguments.Length == 1 => AroundOf(call),
        _ => [],
    };

    // Where the parallelism changes records change their subtask: in front of the operator that it is set for, and behind it.
    private static ImmutableArray<ITypeSymbol> AroundOf(IInvocationOperation call)
    {
        var types = new List<ITypeSymbol>();
        if (SourceOf(call) is not { } verb)
        {
            return [call.TargetMethod.TypeArguments[0]];
        }

        if (verb.TargetMethod.TypeArguments.Length > 0 && !IsSame(call, SourceOf(verb)))
        {
            types.Add(verb.TargetMethod.TypeArguments[0]);
        }

        if (!IsSame(call, UserOf(UserOf(call))))
        {
            types.Add(call.TargetMethod.TypeArguments[0]);
        }

        return [.. types];
    }

    private static IInvocationOperation? SourceOf(IInvocationOperation call) =>
        call.Arguments.Length > 0 ? Unwrap(call.Arguments[0].Value) as IInvocationOperation : null;

    private static IInvocationOperation? UserOf(IOperation? call)
    {
        var user = call?.Parent;
        while (user is IConversionOperation or IArgumentOperation)
        {
            user = user.Parent;
        }

        return user as IInvocationOperation;
    }

    private static IOperation Unwrap(IOperation operation) =>
        operation is IConversionOperation conversion ? Unwrap(conversion.Operand) : operation;

    private static bool IsSame(IInvocationOperation call, IInvocationOperation? other) =>
        other is { TargetMethod.Name: "WithParallelism" }
        && NumberOf(call) is { } number && number.Equals(NumberOf(other));

    private static object? NumberOf(IInvocationOperation call) => call.Arguments
        .Where(static argument => argument.Parameter?.Name == "parallelism")
        .Select(static argument => argument.Value.ConstantValue)
        .Select(static known => known.HasValue ? known.Value : null)
        .FirstOrDefault();
}
