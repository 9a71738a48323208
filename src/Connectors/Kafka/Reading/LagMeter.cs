using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weir.KafkaLog.Reading;

/// <summary>
/// The instrument <c>weir.kafka.lag</c> of a job: one for all its sources, over all attempts. It costs nothing while nobody looks.
/// </summary>
internal sealed class LagMeter
{
    // By the meter, which is of one run: two hosts share nothing.
    private static readonly ConditionalWeakTable<Meter, LagMeter> OfMeters = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PartitionKeeper> _sources = new(StringComparer.Ordinal);

    private LagMeter(Meter meter) => meter.CreateObservableGauge(
        "weir.kafka.lag", Measure, "{record}", "Offsets between what a source reads next and the end of the partition");

    /// <summary>Adds a source: the same again changes nothing.</summary>
    public static void Add(Meter meter, string source, PartitionKeeper keeper)
    {
        var own = OfMeters.GetValue(meter, static made => new LagMeter(made));
        lock (own._lock)
        {
            own._sources[source] = keeper;
        }
    }

    private List<Measurement<long>> Measure()
    {
        lock (_lock)
        {
            return
            [
                .. from source in _sources
                   from lag in source.Value.Lags()
                   select new Measurement<long>(
                       lag.Records,
                       new("weir.operator", source.Key),
                       new("messaging.destination.name", lag.Place.Topic),
                       new("messaging.destination.partition.id", lag.Place.Partition.ToString(CultureInfo.InvariantCulture))),
            ];
        }
    }
}
