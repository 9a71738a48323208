using Weir.Graph;

namespace Weir;

/// <summary>A pipeline under construction and the name it runs, checkpoints and recovers under.</summary>
/// <remarks>Not thread-safe: build it in one place, then run it.</remarks>
public sealed partial class Job
{
    /// <summary>Makes an empty job.</summary>
    /// <param name="name">Names the job's checkpoints: keep it across versions. Letters, digits, <c>-</c>, <c>_</c> and <c>.</c></param>
    /// <exception cref="ArgumentException">The name is empty or holds other characters.</exception>
    public Job(string name)
    {
        Names.Check(name, "job name");
        Name = name;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what has been described so far.</summary>
    public PipelineGraph Graph { get; } = new();

    /// <summary>Adds a stage, and answers the stream that is its main output.</summary>
    internal Stream<T> Then<T>(Stage stage) => new(this, (StageOutput<T>)Graph.Add(stage).Outputs[0]);
}
