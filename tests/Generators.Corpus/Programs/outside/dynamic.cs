// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => P.A(job, Feed.Of(1, 2)));
public static class P { [Pipeline] public static void A(Job job, ISource<int> source) { dynamic s = job.From(source); Stream<int> t = StreamVerbs.Where(s, (Func<int, bool>)(n => n > 1)); t.To(Caught.As<int>("1")); } }
