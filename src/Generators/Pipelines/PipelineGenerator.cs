using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Emitting;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;
using Weir.Generators.Reading;

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
    internal const string MarksStep = "MarkCalls";

    private readonly Func<PipelineModel, KernelsModel> _emit;
    private readonly SiteMemo _memo;
    private readonly ConditionalWeakTable<PipelineModel, EmittedPipelineModel> _emitted = new();

    /// <summary>Makes the generator.</summary>
    public PipelineGenerator()
        : this(SiteMemo.Shared)
    {
    }

    internal PipelineGenerator(SiteMemo memo)
        : this(static pipeline => PipelineEmitter.Emit(ChainPlanner.Plan(pipeline)), memo)
    {
    }

    internal PipelineGenerator(Func<PipelineModel, KernelsModel> emit, SiteMemo? memo = null)
    {
        _emit = emit;
        _memo = memo ?? SiteMemo.Shared;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = Sites.Of(context, _memo)
            .Where(static site => site.Pipeline is not null)
            .Select(static (site, _) => site.Pipeline!)
            .WithTrackingName(TransformStep);

        var parsed = found
            .Where(static outcome => outcome.Parsed is not null)
            .Select(static (outcome, _) => outcome.Parsed!)
            .WithTrackingName(ParseStep);

        var emitted = parsed
            .Select(static (pipeline, _) => pipeline.Pipeline)
            .WithTrackingName(PipelineStep)
            .Select((pipeline, _) => Emit(pipeline))
            .WithTrackingName(KernelsStep);

        var files = parsed
            .Select((pipeline, _) => File(pipeline))
            .Where(static file => file is not null)
            .Select(static (file, _) => file!)
            .WithTrackingName(FileStep);

        // Nothing that users write can see what is generated: an editor may leave it out.
        context.RegisterImplementationSourceOutput(files, static (output, file) =>
            output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8)));

        // Calls in a helper method may belong to several pipelines; those of others are not looked at.
        var marks = parsed
            .Select((pipeline, _) => Marked(pipeline))
            .Where(static marked => marked.Count > 0)
            .WithTrackingName(MarksStep)
            .Collect()
            .Select(static (marked, _) => PipelineEmitter.Marks(marked.SelectMany(static calls => calls)));
        context.RegisterImplementationSourceOutput(marks, static (output, file) =>
        {
            if (file is not null)
            {
                output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8));
            }
        });
        context.RegisterSourceOutput(found, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterImplementationSourceOutput(emitted, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    // Loops are written once for each pipeline; where its calls stand changes more often.
    private PipelineFileModel? File(ParsedPipelineModel parsed) => Emit(parsed.Pipeline).Kernels is { } kernels
        && (kernels.Attachments.Count > 0 || kernels.OfferingClass is not null)
            ? PipelineEmitter.Emit(kernels, parsed.Locations)
            : null;

    private EquatableArray<MarkedCallModel> Marked(ParsedPipelineModel parsed) => new([.. (Emit(parsed.Pipeline).Kernels?.Marks ?? default)
        .Select(mark => new MarkedCallModel
        {
            Mark = mark,
            Location = parsed.Locations[mark.Stage],
            OfferingClasses = new EquatableArray<string>(mark.OfferingClass is { } offering ? [offering] : []),
        })]);

    private EmittedPipelineModel Emit(PipelineModel pipeline) => _emitted.GetValue(pipeline, EmitAnew);

    private EmittedPipelineModel EmitAnew(PipelineModel pipeline)
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
