using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;

namespace Weir.Generators.Codecs;

/// <summary>Writes a codec for every type that a <c>[Pipeline]</c> stores, and for those marked <c>[GenerateCodec]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CodecGenerator : IIncrementalGenerator
{
    internal const string PipelineStep = "ParsePipelineTypes";
    internal const string TypeStep = "ParseCodecType";
    internal const string CallStep = "ParseStoringCall";
    internal const string ClassStep = "ParseStoringClass";
    internal const string MergeStep = "MergeCodecs";

    private const string File = "Weir.Codecs.g.cs";

    private readonly SiteMemo _memo;

    /// <summary>Makes the generator.</summary>
    public CodecGenerator()
        : this(SiteMemo.Shared)
    {
    }

    internal CodecGenerator(SiteMemo memo) => _memo = memo;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var sites = Sites.Of(context, _memo);
        var ofPipelines = sites
            .Where(static site => site.Stored is not null)
            .Select(static (site, _) => site.Stored!)
            .WithTrackingName(PipelineStep);
        var ofTypes = sites
            .Where(static site => site.Marked is not null)
            .Select(static (site, _) => site.Marked!)
            .WithTrackingName(TypeStep);
        var ofCalls = sites
            .SelectMany(static (site, _) => site.Calls)
            .WithTrackingName(CallStep);
        var ofClasses = sites
            .Where(static site => site.States is not null)
            .Select(static (site, _) => site.States!.Stored)
            .WithTrackingName(ClassStep);
        var codecs = ofPipelines.Collect()
            .Combine(ofTypes.Collect())
            .Combine(ofCalls.Collect())
            .Combine(ofClasses.Collect())
            .Select(static (found, _) => CodecSetModel.Of([.. found.Left.Left.Left
                .AddRange(found.Left.Left.Right)
                .AddRange(found.Left.Right)
                .AddRange(found.Right)
                .Select(static outcome => outcome.Types)]))
            .WithTrackingName(MergeStep);

        context.RegisterImplementationSourceOutput(codecs, Write);
        context.RegisterSourceOutput(ofPipelines, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterSourceOutput(ofCalls, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterSourceOutput(ofClasses, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
        context.RegisterSourceOutput(ofTypes, static (output, outcome) => GeneratorBug.Report(output, outcome.Bug));
    }

    private static void Write(SourceProductionContext output, CodecSetModel set)
    {
        if (set.Types.Count == 0)
        {
            return;
        }

        var bugs = new List<GeneratorBugModel>();
        output.AddSource(File, CodecSetEmitter.Emit(set, bugs).ToSourceText());
        bugs.ForEach(bug => GeneratorBug.Report(output, bug));
    }
}
