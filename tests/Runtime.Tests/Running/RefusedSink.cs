namespace Weir.Runtime.Tests.Running;

/// <summary>A sink that cannot be opened as it was described.</summary>
internal sealed class RefusedSink : ISink<int>
{
    public string Description => "a table";

    public ISinkWriter<int> Open(SinkContext context) => throw new ArgumentException("the table has no such column.");
}
