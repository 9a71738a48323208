using Weir;
using Weir.Corpus;


await Play.Run(job => A.Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));
await Play.Run(job => A.B.Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>("b")));

namespace A
{
    public static class Pipelines
    {
        [Pipeline]
        public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Select(n => $"{n}").To(sink);
    }

    namespace B
    {
        public static class Pipelines
        {
            [Weir.Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Select(n => $"{n}!").To(sink);
        }
    }
}
