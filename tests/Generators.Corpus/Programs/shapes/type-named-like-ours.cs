using Weir;
using Weir.Corpus;


await Play.Run(job => Shop.Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));

namespace Shop
{
    public sealed class Batch;

    public sealed class Stage;

    public static class System
    {
        public static int Number => 3;
    }

    public static class Pipelines
    {
        [Pipeline]
        public static void Define(Job job, ISource<int> source, ISink<string> sink) => job
            .From(source)
            .Select(n => n + System.Number + nameof(Batch).Length)
            .Select(n => $"{n}{nameof(Stage)}")
            .To(sink);
    }
}
