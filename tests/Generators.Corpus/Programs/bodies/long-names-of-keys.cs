// reports: WEIR3002
using Contoso.Manufacturing.Telemetry.Processing.Domain.Measurements;
using Weir;
using Weir.Corpus;

await Play.Run(job => P.Define(job, Feed.Of(1, 2, 3)));

namespace Contoso.Manufacturing.Telemetry.Processing.Domain.Measurements
{
    public readonly record struct CalibrationCertificateOfTheMachine(int Number);

    // Ten members: the name of the key is longer than a name in an assembly may be.
    public static class P
    {
        [Pipeline]
        public static void Define(Job job, ISource<int> source) => job.From(source)
            .WithEventTime(n => 1L, TimeSpan.Zero)
            .Select(n => (Value: n, Of: new CalibrationCertificateOfTheMachine(n % 2)))
            .KeyBy(t => (t.Of, t.Of, t.Of, t.Of, t.Of, t.Of, t.Of, t.Of, t.Of, t.Of))
            .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
            .Aggregate(g => (g.Key.Item10.Number, Sum: g.Sum(t => t.Value)))
            .Select(t => $"{t.Number}:{t.Sum}")
            .To(Caught.As<string>("1"));
    }
}
