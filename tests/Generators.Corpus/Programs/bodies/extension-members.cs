using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Item(1, "a", null), new Item(2, "bb", "x")), Caught.As<string>()));

public sealed record Item(int Number, string Text, string? Note)
{
    public List<int> Seen { get; init; } = [];
}

public static class More
{
    extension(int number)
    {
        public int Doubled() => number * 2;
        public int Plus(int other) => number + other;
        public static int Hundred() => 100;
    }

    extension<T>(IEnumerable<T> items)
    {
        public int HowMany() => items.Count();
    }

    public static int Length2(this string text) => text.Length * 2;
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Item> source, ISink<string> sink) => job.From(source)
        .Where(i => i.Number.Doubled() > 0)
        .Select(i => i with { Number = i.Number.Plus(i.Text.Length2()).Doubled() + int.Hundred() })
        .Where(i => i.Text.HowMany() > 0 && i.Seen.HowMany() == 0)
        .Select(i =>
        {
            Box? box = i.Note is null ? null : new Box();
            box?.Value = i.Number;
            int[] all = [i.Number, 2];
            return $"{i.Number} {box?.Value} {all.Contains(2)} {all.HowMany()} {nameof(List<>)}";
        })
        .To(sink);

    public sealed class Box
    {
        public int Value { get => field; set => field = value + 1; }
    }
}
