using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
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
    internal const string TransformStep = "TransformPipelineMethod";
    internal const string ParseStep = "ParsePipeline";
    internal const string PipelineStep = "Pipeline";
    internal const string KernelsStep = "EmitKernels";
    internal const string FileStep = "EmitPipelineFile";

    private const string Attribute = "Weir.PipelineAttribute";

    private readonly Func<PipelineModel, KernelsModel> _emit;

    /// <summary>Makes the generator.</summary>
    public PipelineGenerator()
        : this(static pipeline => PipelineEmitter.Emit(ChainPlanner.Plan(pipeline)))
    {
    }

    internal PipelineGenerator(Func<PipelineModel, KernelsModel> emit) => _emit = emit;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider
            .ForAttributeWithMetadataName(Attribute, static (node, _) => node is MethodDeclarationSyntax, Parse)
            .WithTrackingName(TransformStep);

        var parsed = found
            .Where(static outcome => outcome?.Parsed is not null)
            .Select(static (outcome, _) => outcome!.Parsed!)
            .WithTrackingName(ParseStep);

        var emitted = parsed
            .Select(static (pipeline, _) => pipeline.Pipeline)
            .WithTrackingName(PipelineStep)
            .Select((pipeline, _) => Emit(pipeline))
            .WithTrackingName(KernelsStep);

        var locations = parsed
            .Select(static (pipeline, _) => (pipeline.Pipeline.HintName, pipeline.Locations))
            .Collect();

        var files = emitted
            .Where(static outcome => outcome.Kernels is { Attachments.Count: > 0 })
            .Select(static (outcome, _) => outcome.Kernels!)
            .Combine(locations)
            .Select(static (pair, _) =>
                PipelineEmitter.Emit(pair.Left, pair.Right.First(item => item.HintName == pair.Left.HintName).Locations))
            .WithTrackingName(FileStep);

        context.RegisterSourceOutput(files, static (output, file) =>
            output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8)));
        var marks = emitted
            .Where(static outcome => outcome.Kernels is { Marks.Count: > 0 })
            .Select(static (outcome, _) => (outcome.Kernels!.HintName, outcome.Kernels.Marks))
            .Collect()
            .Combine(locations)
            .Select(static (pair, _) => PipelineEmitter.Marks(
                pair.Left.SelectMany(item => item.Marks.Select(mark => new MarkedCallModel
                {
                    Mark = mark,
                    Location = pair.Right.First(found => found.HintName == item.HintName).Locations[mark.Stage],
                }))));

        context.RegisterSourceOutput(marks, static (output, file) =>
        {
            if (file is not null)
            {
                output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8));
            }
        });
        context.RegisterSourceOutput(found, static (output, outcome) => GeneratorBug.Report(output, outcome?.Bug));
        context.RegisterSourceOutput(emitted, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    // A pipeline that we fail on runs interpreted; its neighbours must not pay for it, and its author must know.
    private static FoundPipelineModel? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        var declaration = (MethodDeclarationSyntax)target.TargetNode;
        try
        {
            return PipelineParser.Parse(
                (IMethodSymbol)target.TargetSymbol, declaration, target.SemanticModel, [], cancellation) is { } parsed
                ? new FoundPipelineModel { Parsed = parsed, Bug = null }
                : null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var line = declaration.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            return new FoundPipelineModel
            {
                Parsed = null,
                Bug = GeneratorBugModel.OfPipeline(failure, "reading", declaration.Identifier.Text, declaration.SyntaxTree.FilePath, line),
            };
        }
    }

    private EmittedPipelineModel Emit(PipelineModel pipeline)
    {
        try
        {
            return new EmittedPipelineModel { Kernels = _emit(pipeline), Bug = null };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var line = pipeline.Stages.Count > 0 ? pipeline.Stages[0].Line : 1;
            return new EmittedPipelineModel
            {
                Kernels = null,
                Bug = GeneratorBugModel.OfPipeline(failure, "writing the loops of", pipeline.Title, pipeline.File, line),
            };
        }
    }
}
