using Microsoft.CodeAnalysis;

namespace Weir.Generators.Codecs;

/// <summary>Writes a codec for every type that a <c>[Pipeline]</c> stores, and for those marked <c>[GenerateCodec]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CodecGenerator : IIncrementalGenerator
{
    internal const string PipelineStep = "ParsePipelineTypes";
    internal const string TypeStep = "ParseCodecType";
    internal const string MergeStep = "MergeCodecs";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var ofPipelines = context.SyntaxProvider
            .ForAttributeWithMetadataName("Weir.PipelineAttribute", static (_, _) => true, CodecParser.ParsePipeline)
            .WithTrackingName(PipelineStep);
        var ofTypes = context.SyntaxProvider
            .ForAttributeWithMetadataName("Weir.GenerateCodecAttribute", static (_, _) => true, CodecParser.ParseType)
            .WithTrackingName(TypeStep);
        var codecs = ofPipelines.Collect()
            .Combine(ofTypes.Collect())
            .Select(static (found, _) => CodecSetModel.Of(found.Left.AddRange(found.Right)))
            .WithTrackingName(MergeStep);

        context.RegisterSourceOutput(codecs, static (output, set) =>
        {
            if (set.Types.Count > 0)
            {
                output.AddSource("Weir.Codecs.g.cs", CodecSetEmitter.Emit(set).ToSourceText());
            }
        });
    }
}
