// reports: WEIR0001
using Weir;
using Weir.Corpus;


await Play.Run(job => { });
Play.Say("built");

public class Pipelines
{
    public static int Size { [Pipeline] get => 1; }
}
