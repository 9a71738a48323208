// reports: WEIR0004
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<string> source, ISink<int> sink, bool some)
    {
        var stream = job.From(source);
        if (some)
        {
            stream = stream.Where(s => s.Length > 1);
        }

        var keyed = Keyed(stream);
        var windowed = keyed.Window(Tumbling.Of(TimeSpan.FromHours(1)));
        windowed.Aggregate(g => g.Count()).To(sink);
    }

    private static KeyedStream<string, string> Keyed(Stream<string> stream) => stream.KeyBy(s => s);
}
