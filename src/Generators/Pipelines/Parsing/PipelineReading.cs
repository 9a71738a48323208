using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A pipeline as it was read. For the analyzer: it holds syntax.</summary>
/// <param name="Pipeline">The models.</param>
/// <param name="Follower">The calls that the stages come from, in their order.</param>
internal sealed record PipelineReading(ParsedPipelineModel Pipeline, Follower Follower);
