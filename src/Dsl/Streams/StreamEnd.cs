using Weir.Graph;

namespace Weir;

/// <summary>The end of a stream: a sink.</summary>
public sealed class StreamEnd
{
    internal StreamEnd(Job job, Stage stage)
    {
        Job = job;
        Stage = stage;
    }

    /// <summary>Gets the job, to go on with another stream.</summary>
    public Job Job { get; }

    /// <summary>Gets the stage of the sink.</summary>
    public Stage Stage { get; }
}
