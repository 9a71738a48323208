// reports: WEIR0003
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<string> source, ISink<int> sink) => job
        .From(source)
        .WithEventTime(s => (long)s.Length, TimeSpan.Zero)
        .Select(s => new { s.Length, Text = s })
        .Rebalance()
        .KeyBy(x => x.Text)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => g.Count())
        .To(sink);
}
