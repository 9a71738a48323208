// reports: WEIR3002
using System.Reflection;
using Weir;
using Weir.Corpus;

// Both are called by reflection: no other code can name what is local to their files.
foreach (var type in typeof(Program).Assembly.GetTypes().Where(static type => type.Name.EndsWith("__Twin", StringComparison.Ordinal)))
{
    var define = type.GetMethod("Define", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Action<Job, ISource<int>, ISink<string>>>();
    await Play.Run(job => define(job, Feed.Of(1, 2, 3), Caught.As<string>()));
}

//// A/Twin.cs
using Weir;

file static class Twin
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) =>
        Helping.Ended(job.From(source).WithEventTime(n => (long)n, TimeSpan.Zero).Where(n => n > 1), sink);
}

file static class Helping
{
    public static void Ended(Stream<int> numbers, ISink<string> sink) => numbers.Select(n => $"{n}").To(sink);
}
//// B/Twin.cs
using Weir;

file static class Twin
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) =>
        Helping.Ended(job.From(source).WithEventTime(n => (long)n, TimeSpan.Zero).Where(n => n > 1), sink);
}

file static class Helping
{
    public static void Ended(Stream<int> numbers, ISink<string> sink) => numbers.Select(n => $"{n}").To(sink);
}
