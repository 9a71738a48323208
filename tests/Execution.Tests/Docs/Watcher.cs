using System.Diagnostics.Metrics;

namespace Weir.Execution.Tests.Docs;

/// <summary>Listens to the meter of each job in this process. The page <c>metrics.md</c> quotes it.</summary>
internal static class Watcher
{
    public static MeterListener Listen(Action<string, string, double> onMeasurement)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Weir")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => onMeasurement(JobOf(instrument), instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => onMeasurement(JobOf(instrument), instrument.Name, value));
        listener.Start();
        return listener;
    }

    // The job's name is a tag of its meter, and so of all its instruments.
    private static string JobOf(Instrument instrument) => $"{instrument.Meter.Tags?.FirstOrDefault(tag => tag.Key == "weir.job").Value}";
}
