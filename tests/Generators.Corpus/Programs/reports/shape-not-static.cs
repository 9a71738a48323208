// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    [Pipeline]
    public void Define(Job job) { _ = job.Name + this; }
}
