namespace Weir.Guide.Tests.Ends;

internal static class GeneratedSnippet
{
    // <snippet generated>
    public sealed record Click(long Number, string Page);

    public sealed record Clicks(string Page, int Count);

    public static Task RunAsync(TextWriter writer)
    {
        var job = new Job("clicks");
        Define(job, writer);
        return job.RunAsync(new JobOptions());
    }

    [Pipeline]
    private static void Define(Job job, TextWriter writer) => job
        .From(Generate.Records(i => new Click(i, i % 3 == 0 ? "home" : "shop")).PerSecond(100_000).Take(3_000))
        .KeyBy(c => c.Page)
        .Window(CountWindow.Of(1_000))
        .Aggregate(g => new Clicks(g.Key, g.Count()))
        .To(StandardOutput.Lines<Clicks>(c => $"{c.Page}: {c.Count}", writer));
    // </snippet>
}
