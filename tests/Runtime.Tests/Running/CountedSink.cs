namespace Weir.Runtime.Tests.Running;

/// <summary>A sink that keeps nothing but the number of its writers.</summary>
internal sealed class CountedSink : ISink<int>
{
    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public string Description => "nowhere";

    public ISinkWriter<int> Open(SinkContext context)
    {
        Opened++;
        return new Writer(this);
    }

    private sealed class Writer(CountedSink sink) : SinkWriter<int>
    {
        public override void Write(Batch<int> batch)
        {
        }

        public override ValueTask DisposeAsync()
        {
            sink.Closed++;
            return base.DisposeAsync();
        }
    }
}
