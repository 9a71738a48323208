namespace Weir.Corpus;

/// <summary>Sinks of the corpus's programs: what they are given is what two runs are compared by.</summary>
public static class Caught
{
    /// <summary>A sink.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="name">Tells it from others of the program.</param>
    /// <returns>The sink.</returns>
    public static ISink<T> As<T>(string name = "out") => new CaughtSink<T>(Performance.Current, name);

    private sealed class CaughtSink<T>(Performance performance, string name) : ISink<T>
    {
        public string Description => $"what is caught as {name}";

        public ISinkWriter<T> Open(SinkContext context) => new Writer(performance, name);

        private sealed class Writer(Performance performance, string name) : SinkWriter<T>
        {
            public override void Write(Batch<T> batch)
            {
                foreach (var value in batch.Values)
                {
                    performance.Catch(name, $"{value}");
                }
            }
        }
    }
}
