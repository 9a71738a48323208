// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => P.A(job));
public sealed class C { public C(Job job) { S = job.From(Feed.Of(1, 2)).Where(n => n > 1); } public Stream<int> S { get; } public Stream<int> this[int k] => S.Select(n => n + 1); public static Stream<int> operator ~(C c) => c.S.Select(n => -n); public static implicit operator Stream<int>(C c) => c.S.Where(n => n != 9); }
public static class P { [Pipeline] public static void A(Job job) { var c = new C(job); c.S.To(Caught.As<int>("1")); c[3].To(Caught.As<int>("2")); (~c).To(Caught.As<int>("3")); Stream<int> t = c; t.To(Caught.As<int>("4")); } }
