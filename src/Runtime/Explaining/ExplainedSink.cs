using System.Collections.Immutable;

namespace Weir;

/// <summary>What a sink shows of each record, failures included.</summary>
/// <param name="Id">The sink's id.</param>
/// <param name="Guarantee">In words: <c>exactly once</c>, <c>at least once</c>, <c>at most once</c>, or <c>none</c>.</param>
/// <param name="Because">What lowers it; empty for exactly once.</param>
public sealed record ExplainedSink(string Id, string Guarantee, ImmutableArray<string> Because);
