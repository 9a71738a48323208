using Contoso.Manufacturing.Telemetry.Processing.Domain.Measurements;
using Weir;
using Weir.Corpus;

await Play.Run(job => P.Define(job, Feed.Of(new VibrationMeasurement("m", 1), new VibrationMeasurement("n", 2))));

namespace Contoso.Manufacturing.Telemetry.Processing.Domain.Measurements
{
    public sealed record VibrationMeasurement(string Machine, int Amplitude);

    public sealed record TemperatureEnvelope(int Low, int High);

    public sealed record CalibrationCertificate(string Number);

    public sealed record MaintenanceRecommendation(string Text);

    // Twelve members: the name of the result is longer than a name in an assembly may be.
    public static class P
    {
        [Pipeline]
        public static void Define(Job job, ISource<VibrationMeasurement> source)
        {
            var windows = job.From(source)
                .WithEventTime(m => 1L, TimeSpan.Zero)
                .KeyBy(m => m.Machine)
                .Window(Tumbling.Of(TimeSpan.FromSeconds(1)));
            windows
                .Aggregate(g => (
                    g.Key,
                    First: g.First(),
                    Last: g.Last(),
                    Envelope: new TemperatureEnvelope(g.Min(m => m.Amplitude), g.Max(m => m.Amplitude)),
                    Certificate: new CalibrationCertificate("c"),
                    Recommendation: new MaintenanceRecommendation("r"),
                    All: new Dictionary<string, List<VibrationMeasurement>>(),
                    Other: new Dictionary<CalibrationCertificate, List<MaintenanceRecommendation>>(),
                    Third: new List<MaintenanceRecommendation>(),
                    Fourth: new TemperatureEnvelope[2],
                    Fifth: new HashSet<VibrationMeasurement>(),
                    Sixth: new List<CalibrationCertificate>()))
                .Select(t => $"{t.Key}{t.First.Amplitude}{t.Envelope}{t.Fourth.Length}")
                .To(Caught.As<string>("1"));
            windows
                .Aggregate(new Strongest(), (key, window, m) => (key, m, m, m, m, m, m, m, m, m, m, m, m, Sum: m.Amplitude))
                .Select(t => $"{t.key}{t.Item5}{t.Sum}")
                .To(Caught.As<string>("2"));
        }
    }

    public sealed class Strongest : IAggregate<VibrationMeasurement, int, VibrationMeasurement>
    {
        public int Create() => 0;

        public void Add(ref int most, in VibrationMeasurement value) => most = Math.Max(most, value.Amplitude);

        public void Merge(ref int most, in int other) => most = Math.Max(most, other);

        public VibrationMeasurement Result(in int most) => new("strongest", most);
    }
}
