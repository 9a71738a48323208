// build: crlf
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .Select(n => @"a
b" + n)
        .Select(s => $@"{s}
""{s.Length}"" {{}}")
        .Select(s => """
            raw
              "text"

            """ + s)
        .Select(s => $$"""
            {x} {{s.Length}}
              {{s}}
            """)
        .To(sink);
}
