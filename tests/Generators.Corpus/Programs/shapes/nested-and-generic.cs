using Weir;
using Weir.Corpus;


await Play.Run(job => Outer<string>.Inner.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));
await Play.Run(job => Outer<int>.Inner.Deep<long>.Define(job, Feed.Of(1, 2, 3), Caught.As<string>("deep")));

public static partial class Outer<T>
{
    public static partial class Inner
    {
        [Pipeline]
        public static void Define(Job job, ISource<int> source, ISink<string> sink) =>
            job.From(source).Where(n => n > 1).Select(n => $"{n}").To(sink);

        internal static class Deep<TOther>
        {
            [Pipeline]
            internal static void Define(Job job, ISource<int> source, ISink<string> sink) =>
                job.From(source).Where(n => n > 2).Select(n => $"{n}").To(sink);
        }
    }
}
