// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    [Pipeline]
    public static Pipelines operator +(Pipelines left, Pipelines right) => left ?? right;
}
