// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => P.A(job, Feed.Of(1, 2)));
public static class P { [Pipeline] public static void A(Job job, ISource<int> source) { B(job.From(source)).GetAwaiter().GetResult(); foreach (var s in C(job.From(source))) s.To(Caught.As<int>("2")); } static async Task B(Stream<int> s) { await Task.Yield(); s.Where(n => n > 1).To(Caught.As<int>("1")); } static IEnumerable<Stream<int>> C(Stream<int> s) { yield return s.Where(n => n > 0); } }
