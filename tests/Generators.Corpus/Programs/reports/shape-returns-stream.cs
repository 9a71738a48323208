// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    [Pipeline]
    public static Stream<int> Define(Job job) => job.From(Feed.Of(1));
}
