// reports: WEIR3002
using Weir;
using Weir.Corpus;

using System.Linq.Expressions;
await Play.Run(job => P.A(job, Feed.Of(1, 2)));
public static class P { [Pipeline] public static void A(Job job, ISource<int> source) { Expression<Func<Stream<int>, Stream<int>>> e = x => x.Where(n => n > 1); e.Compile()(job.From(source)).To(Caught.As<int>("1")); } }
