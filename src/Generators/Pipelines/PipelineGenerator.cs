using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Emitting;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines;

/// <summary>Compiles every <c>[Pipeline]</c> method into fused loops, and intercepts its verbs to attach them.</summary>
/// <remarks>
/// Positions change with every edit of a file, loops only with their pipeline: they run through separate steps, so that an edit costs
/// the kernels of its own pipeline and, of its neighbours in the file, no more than the interceptors.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PipelineGenerator : IIncrementalGenerator
{
    internal const string ParseStep = "ParsePipeline";
    internal const string PipelineStep = "Pipeline";
    internal const string KernelsStep = "EmitKernels";
    internal const string FileStep = "EmitPipelineFile";

    private const string Attribute = "Weir.PipelineAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attribute, static (node, _) => node is MethodDeclarationSyntax, Parse)
            .Where(static pipeline => pipeline is not null)
            .WithTrackingName(ParseStep);

        var kernels = parsed
            .Select(static (pipeline, _) => pipeline!.Pipeline)
            .WithTrackingName(PipelineStep)
            .Select(static (pipeline, _) => Emit(pipeline))
            .WithTrackingName(KernelsStep);

        var locations = parsed
            .Select(static (pipeline, _) => (pipeline!.Pipeline.HintName, pipeline.Locations))
            .Collect();

        var files = kernels
            .Combine(locations)
            .Select(static (pair, _) => pair.Left is { Attachments.Count: > 0 } found
                ? PipelineEmitter.Emit(found, pair.Right.First(item => item.HintName == found.HintName).Locations)
                : null)
            .WithTrackingName(FileStep);

        context.RegisterSourceOutput(files, static (output, file) =>
        {
            if (file is not null)
            {
                output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8));
            }
        });
    }

    // A pipeline that we fail on runs interpreted; its neighbours must not pay for it.
    private static ParsedPipelineModel? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        try
        {
            return PipelineParser.Parse((IMethodSymbol)target.TargetSymbol, (MethodDeclarationSyntax)target.TargetNode, target.SemanticModel, [], cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private static KernelsModel? Emit(PipelineModel pipeline)
    {
        try
        {
            return PipelineEmitter.Emit(ChainPlanner.Plan(pipeline));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }
}
