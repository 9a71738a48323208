using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Weir.Execution.Tests.Pipelines;

namespace Weir.Execution.Tests.Docs;

/// <summary>The page <c>metrics.md</c> knows every instrument and every activity, and its listener hears them.</summary>
public sealed partial class MetricsTests
{
    private const string Name = "watched";

    [Fact]
    public async Task The_listener_of_the_page_hears_what_a_job_counts()
    {
        var heard = new ConcurrentDictionary<string, double>();
        MeterListener? listener = null;
        using (listener = Watcher.Listen((job, instrument, value) => heard[job == Name ? instrument : "another job"] = value))
        {
            // Instruments that are looked at, and not told of, are read while the job runs.
            await Run(() => listener?.RecordObservableInstruments());
        }

        Assert.Equal(1, heard["weir.checkpoints"]);
        Assert.True(heard["weir.checkpoint.duration"] >= 0);
        Assert.Equal(100, heard["weir.records.in"]);
    }

    [Fact]
    public async Task The_page_lists_every_instrument_with_its_unit()
    {
        var published = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "Weir")
                {
                    published[instrument.Name] = instrument.Unit ?? "";
                    if (string.IsNullOrEmpty(instrument.Description))
                    {
                        published[instrument.Name] += " without a description";
                    }
                }
            },
        };
        listener.Start();
        await Run(() => { });
        Assert.Equal(
            published.OrderBy(instrument => instrument.Key, StringComparer.Ordinal)
                .Select(instrument => $"{instrument.Key} {instrument.Value}"),
            Rows().Where(row => !OfConnector(row[0])).Select(row => $"{row[0]} {row[2]}").Order(StringComparer.Ordinal));
    }

    // A connector publishes its own where it is used, and its tests listen to them.
    private static bool OfConnector(string instrument) => instrument.StartsWith("weir.kafka.", StringComparison.Ordinal);

    [Fact]
    public async Task The_page_names_every_tag_of_an_instrument_in_its_row()
    {
        var seen = new ConcurrentDictionary<(string Instrument, string Tag), bool>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Weir")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => See(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => See(instrument, tags));
        listener.Start();
        await Run(listener.RecordObservableInstruments);
        var lines = Page().Split('\n');
        Assert.Contains(("weir.operator.records_in", "weir.operator"), seen.Keys);
        Assert.All(seen.Keys, one => Assert.Contains(
            lines,
            line => line.StartsWith($"| `{one.Instrument}` |", StringComparison.Ordinal)
                && line.Contains($"`{one.Tag}`", StringComparison.Ordinal)));

        void See(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                seen[(instrument.Name, tag.Key)] = true;
            }
        }
    }

    [Fact]
    public async Task The_page_lists_every_activity_with_its_tags()
    {
        var seen = new ConcurrentDictionary<string, string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Weir",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen[activity.OperationName] = string.Join(' ', activity.TagObjects.Select(tag => tag.Key)),
        };
        ActivitySource.AddActivityListener(listener);
        await Run(() => { });
        var text = Page();
        Assert.NotEmpty(seen);
        Assert.All(seen, activity =>
        {
            Assert.Contains($"`{activity.Key}`", text, StringComparison.Ordinal);
            Assert.All(activity.Value.Split(' '), tag => Assert.Contains($"`{tag}`", text, StringComparison.Ordinal));
        });
    }

    private static async Task Run(Action onFlush)
    {
        var job = new Job(Name);
        job.From(new ListSource<int>(Enumerable.Range(0, 100).ToList())).To(new Flushed(onFlush));
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
    }

    /// <summary>Name, kind and unit of each instrument in the page's table.</summary>
    private static IEnumerable<string[]> Rows() =>
        from Match row in Row().Matches(Page())
        select new[] { row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value };

    private static string Page([CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "metrics.md"));

    /// <summary>Does something at each checkpoint, while the job runs.</summary>
    private sealed class Flushed(Action onFlush) : SinkWriter<int>, ISink<int>
    {
        public string Description => "nothing";

        public ISinkWriter<int> Open(SinkContext context) => this;

        public override void Write(Batch<int> batch)
        {
        }

        public override ValueTask FlushAsync(CancellationToken cancellation)
        {
            onFlush();
            return ValueTask.CompletedTask;
        }
    }

    [GeneratedRegex(@"^\| `(weir\.[a-z._]+)` \| (\w+) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
