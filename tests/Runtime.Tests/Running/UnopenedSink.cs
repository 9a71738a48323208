namespace Weir.Runtime.Tests.Running;

/// <summary>A sink that throws when it is opened.</summary>
/// <param name="failure">Makes what it throws.</param>
internal sealed class UnopenedSink(Func<Exception> failure) : ISink<int>
{
    public string Description => "a table";

    public ISinkWriter<int> Open(SinkContext context) => throw failure();
}
