namespace Weir;

/// <summary>
/// Marks a static method whose first parameter is a <see cref="Job"/>: the generator compiles the pipeline that it describes into fused
/// chains.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PipelineAttribute : Attribute
{
    /// <summary>
    /// Gets or sets what the pipeline must give. The compiler checks the types of its sources and sinks (WEIR0005); nothing is asked by
    /// default.
    /// </summary>
    public Guarantee Guarantee { get; set; }
}
