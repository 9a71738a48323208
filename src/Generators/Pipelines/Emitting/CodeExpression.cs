using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>An expression of generated code, to be written into a statement.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Origin">Where the user wrote it; null if it is ours.</param>
internal sealed record CodeExpression(string Text, LineSpanModel? Origin);
