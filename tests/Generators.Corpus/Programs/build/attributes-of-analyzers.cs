using System.Diagnostics.CodeAnalysis;
using System.Runtime.Versioning;
using Weir;
using Weir.Corpus;

[assembly: CLSCompliant(true)]

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Reading("a", 10, 1), new Reading("b", 11, 2)), Caught.As<string>()));

[CLSCompliant(false)]
public sealed record Reading(string Sensor, long Time, uint Number)
{
    [UnsupportedOSPlatform("browser")] public int Value { get; init; } = 3;
    [SupportedOSPlatform("windows")] public int Win { get; init; } = 3;
    [RequiresPreviewFeatures] public int Pre { get; init; } = 3;
}

[CLSCompliant(false)]
public static class Pipelines
{
    [RequiresUnreferencedCode("no")] [RequiresDynamicCode("no")] [RequiresAssemblyFiles("no")]
    public static string Twice(string n) => n + n;

    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .Where(r => r.Value == 3 && r.Win == 3 && r.Pre == 3)
        .KeyBy(r => r.Number)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => Twice(g.Last().Sensor))
        .To(sink);
}
