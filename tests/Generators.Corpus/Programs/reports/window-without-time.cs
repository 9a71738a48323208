// reports: WEIR0004
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<string> source, ISink<int> sink) =>
        job.From(source).KeyBy(s => s).Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(g => g.Count()).To(sink);
}
