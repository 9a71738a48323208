using System.Linq;
using System.Threading.Channels;
using Weir;
using Weir.Corpus;

await Play.Run(job =>
{
    var lines = Caught.As<string>();
    Pipelines.Define(job, Enumerable.Range(1, 20).ToList(), Channel.CreateUnbounded<int>().Writer, lines);
});

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, IReadOnlyList<int> numbers, ChannelWriter<int> channel, ISink<string> sink)
    {
        var odd = job.From(numbers).Where(n => n % 2 == 1).Id("odd");
        odd.Select(n => n * n).To(n => Seen.Add(n));
        odd.Select(n => n + 1).To(async n =>
        {
            await Task.Yield();
            Seen.Add(n);
        });
        odd.Select(n => n - 1).To((n, _) =>
        {
            Seen.Add(n);
            return ValueTask.CompletedTask;
        });
        odd.Select(n => n * 10).To(channel).Id("channel");
        odd.Select(n => $"{n}").To(sink);
        odd.Where(n => n > 100).To(StandardOutput.Lines<int>(n => $"{n}"));
    }
}

public static class Seen
{
    private static int _sum;

    public static void Add(int number) => Interlocked.Add(ref _sum, number);
}
