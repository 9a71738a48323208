using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Reading;

/// <summary>How far a job is behind the ends of its partitions.</summary>
public sealed class LagTests
{
    [Fact]
    public async Task The_lag_of_a_topic_that_was_read_whole_is_0_although_a_marker_stands_at_its_end()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic(2);
        Broker.Write(topic, 0, [1, 2, 3], "lag-0");
        Broker.Write(topic, 1, [4], "lag-1");
        Broker.Write(topic, 1, [5, 6], "lag-1", isAborted: true);
        var lags = new ConcurrentDictionary<int, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "weir.kafka.lag")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, lag, tags, _) =>
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (Equals(known["messaging.destination.name"], topic))
            {
                lags[int.Parse((string)known["messaging.destination.partition.id"]!, CultureInfo.InvariantCulture)] = lag;
            }
        });
        listener.Start();
        var sink = new ListSink<long>();
        var job = new Job($"lag-{topic}");
        job.From(Kafka.Read<long>(kafka, topic)).To(sink);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = job.Start(new JobOptions { OnEvent = _ => { } }, end.Token);
        while (sink.Records.Count < 4 || lags.Count < 2 || lags.Values.Any(lag => lag != 0))
        {
            end.Token.ThrowIfCancellationRequested();
            Assert.False(running.Completion.IsCompleted);
            listener.RecordObservableInstruments();
            await Task.Yield();
        }

        await running.StopAsync(end.Token);
        Assert.Equal([1, 2, 3, 4], sink.Records.Order());
    }
}
