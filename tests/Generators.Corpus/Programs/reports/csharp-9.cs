// build: langversion=9
// reports: WEIR0007
using System;
using System.Threading.Tasks;
using Weir;
using Weir.Corpus;

public static class Program
{
    public static void Main()
    {
        Play.Run(job => Define(job, Feed.Of(1, 2, 3), Caught.As<string>())).GetAwaiter().GetResult();
    }

    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink)
    {
        job.From(source).Where(n => n > 1).Select(n => n.ToString()).To(sink);
    }
}
