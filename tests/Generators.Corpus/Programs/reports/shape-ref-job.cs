// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    [Pipeline]
    public static void Define(ref Job job) { job = new Job("x"); }
}
