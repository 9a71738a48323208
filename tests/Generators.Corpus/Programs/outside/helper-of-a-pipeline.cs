// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => { P.A(job, Feed.Of(1, 2)); Other.Go(job); });
public static class P
{
    [Pipeline] public static void A(Job job, ISource<int> s) => Own(job.From(s)).To(Caught.As<int>("1"));
    internal static Stream<int> Own(Stream<int> s) => s.Select(x => x + 1);
}
public static class Other { public static void Go(Job job) => P.Own(job.From(Feed.Of(5, 6))).To(Caught.As<int>("2")); }
