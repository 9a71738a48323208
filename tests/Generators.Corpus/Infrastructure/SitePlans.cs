using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>What the generator planned for the calls of a program.</summary>
internal sealed class SitePlans
{
    private readonly Dictionary<SyntaxNode, (bool IsCovered, bool IsDelegate)> _calls = [];

    public SitePlans(Compilation compilation, Func<SyntaxTree, bool> isWritten)
    {
        foreach (var tree in compilation.SyntaxTrees.Where(isWritten))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            {
                if (model.GetDeclaredSymbol(declaration) is IMethodSymbol method
                    && method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "PipelineAttribute")
                    && PipelineParser.Read(method, declaration, model, [], default) is { } reading)
                {
                    Add(reading);
                }
            }
        }
    }

    /// <summary>Whether a loop is planned for every stage that the call makes.</summary>
    public bool IsCovered(CallSite site) => _calls.TryGetValue(site.Syntax, out var call) && call.IsCovered;

    /// <summary>Whether a loop calls a delegate for the function.</summary>
    public bool IsDelegate(CallSite site) => _calls.TryGetValue(site.Syntax, out var call) && call.IsDelegate;

    private void Add(PipelineReading reading)
    {
        var pipeline = reading.Pipeline.Pipeline;
        var covered = ChainPlanner.Plan(pipeline).Spans.SelectMany(static span => span.Stages).ToHashSet();
        for (var index = 0; index < pipeline.Stages.Count; index++)
        {
            var syntax = reading.Follower.Calls[index].Verb.Syntax;
            var before = _calls.GetValueOrDefault(syntax, (IsCovered: true, IsDelegate: false));
            var isDelegate = covered.Contains(index) && pipeline.Stages[index] is FunctionStageModel { Function: DelegateFunctionModel }
                or AggregateStageModel { Aggregate: CustomAggregateModel { Result: DelegateFunctionModel } };
            _calls[syntax] = (before.IsCovered && covered.Contains(index), before.IsDelegate || isDelegate);
        }
    }
}
