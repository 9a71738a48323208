using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Analyzers;

/// <summary>WEIR0004, WEIR3001, WEIR3002, WEIR3003: runs the generator's parser and planner, and says what they came to.</summary>
/// <remarks>
/// Each verb that could be part of a loop is covered by one, or something is said of it. A verb that nothing else is known of is found by
/// the plan: no loop covers it.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PipelineAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.WindowWithoutEventTime, Rules.BufferedAggregate, Rules.InterpretedVerb, Rules.DelegatePerRecord];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        PipelineMethods.RegisterStart(context, static (start, attribute) =>
        {
            if (CompilerNeeds.MissingFor(start.Compilation.SyntaxTrees.FirstOrDefault()?.Options) is not null)
            {
                // Nothing is compiled, and a rule of its own says why.
                return;
            }

            var chains = new LooseChains(start.Compilation);
            PipelineMethods.Register(start, attribute, (node, declaration, method) => Analyze(node, declaration, method, chains));
            start.RegisterOperationAction(
                chains.Look, OperationKind.Invocation, OperationKind.MethodReference, OperationKind.DynamicInvocation);
            start.RegisterCompilationEndAction(chains.Report);
        });
    }

    /// <summary>The diagnostic of a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="others">Further places that it is true of.</param>
    internal static Diagnostic Of(Finding finding, IEnumerable<SyntaxNode>? others = null)
    {
        var place = finding.At.GetLocation();
        return finding.Kind switch
        {
            FindingKind.Buffered => Diagnostic.Create(
                Rules.BufferedAggregate, place, "The records of each window are kept in memory until it fires", finding.Why),
            // Windows fire, and let go of their records; this grows until the memory is full.
            FindingKind.KeptForEver => Diagnostic.Create(
                Rules.BufferedAggregate,
                place,
                DiagnosticSeverity.Warning,
                additionalLocations: null,
                properties: null,
                "Every record of each key is kept for ever, and read again at each record",
                finding.Why),
            FindingKind.Delegate => Diagnostic.Create(Rules.DelegatePerRecord, place, finding.Why, finding.Cure),
            FindingKind.NoEventTime => Diagnostic.Create(Rules.WindowWithoutEventTime, place, finding.Why),
            _ => Diagnostic.Create(
                Rules.InterpretedVerb,
                place,
                others?.Select(static node => node.GetLocation()),
                finding.At.ToString(),
                finding.Why,
                finding.Cure),
        };
    }

    private static void Analyze(
        SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, IMethodSymbol method, LooseChains chains)
    {
        var findings = new List<Finding>();
        if (PipelineParser.Read(method, declaration, context.SemanticModel, findings, context.CancellationToken) is not { } reading)
        {
            return;
        }

        chains.Follow(reading.Follower);
        findings.AddRange(reading.Follower.Open.Select(static open => new Finding(
            FindingKind.Interpreted,
            CallName.Of(open.Call),
            $"which '{open.Method}' is called is known only when the pipeline is built",
            "make the method static, or its class sealed")));
        AddUncovered(reading, findings);
        foreach (var finding in findings.GroupBy(static finding => (finding.Kind, finding.At)).Select(static same => same.First()))
        {
            if (finding.At.SyntaxTree == context.Node.SyntaxTree)
            {
                if (chains.IsNew(finding))
                {
                    context.ReportDiagnostic(Of(finding));
                }
            }
            else
            {
                // It stands in a helper method of another file: said at the end, once, however many pipelines use it.
                chains.Add(finding);
            }
        }
    }

    private static void AddUncovered(PipelineReading reading, List<Finding> findings)
    {
        var pipeline = reading.Pipeline.Pipeline;

        // What errors of their own are said of is not said again.
        var isRefused = reading.Follower.Calls.Any(static call =>
            Verbs.IsExchange(call.Verb.Verb) && call.Verb.Method.TypeArguments.Any(AnonymousTypes.IsIn));
        var isUntimed = findings.Any(static finding => finding.Kind == FindingKind.NoEventTime);
        var covered = new HashSet<int>(ChainPlanner.Plan(pipeline).Spans.SelectMany(static span => span.Stages));
        for (var index = 0; index < pipeline.Stages.Count; index++)
        {
            var verb = reading.Follower.Calls[index].Verb;
            if (pipeline.Stages[index] is LoopStageModel stage && !covered.Contains(index)
                && !(isRefused && (stage is AggregateStageModel || verb.Method.TypeArguments.Any(AnonymousTypes.IsIn)))
                && !(isUntimed && stage is AggregateStageModel)
                && !findings.Any(finding => verb.Syntax.Span.Contains(finding.At.Span) && finding.At.SyntaxTree == verb.Syntax.SyntaxTree
                    && finding.Kind != FindingKind.Delegate && IsOf(finding.At, verb)))
            {
                findings.Add(Uncovered(stage, verb));
            }
        }
    }

    // The receiver of a call is part of its syntax; what is found there is of another verb.
    private static bool IsOf(SyntaxNode at, VerbCall verb) => at.SpanStart >= verb.Name.SpanStart;

    private static Finding Uncovered(LoopStageModel stage, VerbCall verb)
    {
        var why = stage switch
        {
            { In: null } or { Out: null } when verb.Syntax is not InvocationExpressionSyntax => new Refusal(
                "variables of the query leave the loop here, and nothing can name them together",
                "write the clauses as calls of verbs, with a record for the variables"),
            { In: null } or { Out: null } => verb.Method.TypeArguments.Select(Refusal.OfType).FirstOrDefault(static why => why is not null),
            AggregateStageModel => new Refusal("its key is not compiled", "see what is said of its 'KeyBy'"),
            { Site.IsCall: false } when verb.Syntax is InvocationExpressionSyntax => Twins.Refusal,
            { Site.IsCall: false } => new Refusal(
                "no verb of this method follows the query", "go on with a verb, as in '(from … select …).To(sink)'"),
            _ => null,
        };
        why ??= new Refusal(
            "a query is among the stages of its loop, and no verb of this method follows", "write the query as calls of verbs");
        return new Finding(FindingKind.Interpreted, verb.Name, why.Why, why.Cure);
    }
}
