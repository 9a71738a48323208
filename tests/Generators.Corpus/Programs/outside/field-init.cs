// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(P.J);
public static class P { public static readonly Job J = new("j"); private static readonly Stream<int> S = J.From(Feed.Of(1, 2)).Where(n => n > 1); private static readonly StreamEnd E = S.To(Caught.As<int>("1")); public static StreamEnd End => E; }
