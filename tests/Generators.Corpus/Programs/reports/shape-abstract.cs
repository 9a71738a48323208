// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public interface IPipelines
{
    [Pipeline]
    static abstract void Define(Job job);
}
