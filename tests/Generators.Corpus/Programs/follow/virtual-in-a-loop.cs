// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => P.A(job, Feed.Of(1, 2, 3)));
public abstract class Step { public abstract Stream<int> Apply(Stream<int> s); }
public sealed class Big : Step { public override Stream<int> Apply(Stream<int> s) => s.Where(n => n > 1); }
public sealed class Inc : Step { public override Stream<int> Apply(Stream<int> s) => s.Select(n => n + 1); }
public static class P
{
    [Pipeline]
    public static void A(Job job, ISource<int> source)
    {
        var s = job.From(source);
        foreach (var step in new Step[] { new Big(), new Inc() }) s = step.Apply(s);
        s.To(Caught.As<int>("1"));
        foreach (var x in Two(job, source)) x.To(Caught.As<int>("2"));
    }
    private static IEnumerable<Stream<int>> Two(Job job, ISource<int> source) { yield return job.From(source).Where(n => n > 1); yield return job.From(source).Select(n => -n); }
}
