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
    private readonly ConditionalWeakTable<ParsedPipelineModel, WrittenPipelineModel> _written = new();

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

        var written = parsed.Select((pipeline, _) => Write(pipeline));
        var files = written
            .Where(static pipeline => pipeline.File is not null)
            .Select(static (pipeline, _) => pipeline.File!)
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
            .Select(static (marked, _) => Marks(marked));
        context.RegisterImplementationSourceOutput(marks, static (output, marks) =>
        {
            if (marks.File is { } file)
            {
                output.AddSource(file.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(file.Text, System.Text.Encoding.UTF8));
            }

            GeneratorBug.Report(output, marks.Bug);
        });
        context.RegisterSourceOutput(found, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterImplementationSourceOutput(emitted, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterImplementationSourceOutput(written, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    // Loops are written once for each pipeline; where its calls stand changes more often.
    private WrittenPipelineModel Write(ParsedPipelineModel parsed) => _written.GetValue(parsed, WriteAnew);

    private WrittenPipelineModel WriteAnew(ParsedPipelineModel parsed)
    {
        try
        {
            Faults.At($"the interceptors of '{parsed.Pipeline.Title}'");
            var file = Emit(parsed.Pipeline).Kernels is { } kernels && (kernels.Attachments.Count > 0 || kernels.OfferingClass is not null)
                ? PipelineEmitter.Emit(kernels, parsed.Locations)
                : null;
            return new WrittenPipelineModel { File = file, Bug = null };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new WrittenPipelineModel { File = null, Bug = BugOf(failure, "writing the interceptors of", parsed.Pipeline) };
        }
    }

    private static WrittenPipelineModel Marks(IEnumerable<EquatableArray<MarkedCallModel>> marked)
    {
        try
        {
            Faults.At("the marks of helper methods");
            return new WrittenPipelineModel { File = PipelineEmitter.Marks(marked.SelectMany(static calls => calls)), Bug = null };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var bug = GeneratorBugModel.OfPart(
                failure, "the marks of helper methods", "pipelines that use helper methods run interpreted where these begin");
            return new WrittenPipelineModel { File = null, Bug = bug };
        }
    }

    // What is marked may name what the pipeline's own file holds.
    private EquatableArray<MarkedCallModel> Marked(ParsedPipelineModel parsed) =>
        Write(parsed).Bug is null ? MarkedOf(parsed) : default;

    private EquatableArray<MarkedCallModel> MarkedOf(ParsedPipelineModel parsed) => new(
        [.. (Emit(parsed.Pipeline).Kernels?.Marks ?? default).Select(mark => new MarkedCallModel
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
            Faults.At($"the loops of '{pipeline.Title}'");
            return new EmittedPipelineModel { Kernels = _emit(pipeline), Bug = null };
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new EmittedPipelineModel { Kernels = null, Bug = BugOf(failure, "writing the loops of", pipeline) };
        }
    }

    private static GeneratorBugModel BugOf(Exception failure, string doing, PipelineModel pipeline) => GeneratorBugModel.OfPipeline(
        failure, doing, pipeline.Title, pipeline.File, pipeline.Stages.Count > 0 ? pipeline.Stages[0].Line : 1);
}
