// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    [Pipeline]
    public static async Task Define(Job job) { await Task.Yield(); _ = job.Name; }
}
