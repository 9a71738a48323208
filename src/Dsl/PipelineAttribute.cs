namespace Weir;

/// <summary>
/// Marks a static method whose first parameter is a <see cref="Job"/>: the generator compiles the pipeline that it describes into fused
/// chains.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PipelineAttribute : Attribute;
