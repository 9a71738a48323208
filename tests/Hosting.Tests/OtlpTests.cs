using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Hosting.Tests;

/// <summary>What the sample sends to a collector: a listener of this test that takes OTLP by HTTP.</summary>
public sealed class OtlpTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-otlp-");
    private readonly HttpListener _collector = new();

    public void Dispose()
    {
        _collector.Close();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task The_sample_sends_metrics_and_checkpoints_where_an_endpoint_is_set()
    {
        var endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        _collector.Prefixes.Add(endpoint);
        _collector.Start();
        using var worker = new WorkerProcess(
            _directory,
            ["--Weir:Defaults:CheckpointInterval=00:00:00.1"],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"));
        HashSet<string> missing =
        [
            "/v1/metrics readings", "/v1/metrics weir.records.in", "/v1/metrics weir.operator.records_in", "/v1/metrics weir.operator",
            "/v1/metrics weir.transaction.outcome", "/v1/metrics weir.checkpoint.duration", "/v1/traces weir.checkpoint.subtask",
        ];
        while (missing.Count > 0)
        {
            var request = await _collector.GetContextAsync().WaitAsync(TestContext.Current.CancellationToken);
            using var body = new MemoryStream();
            await request.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
            var (path, text) = (request.Request.Url!.AbsolutePath, Encoding.UTF8.GetString(body.ToArray()));
            request.Response.Close();

            // Names lie in the messages as they are.
            missing.RemoveWhere(one => one.Split(' ') is [var where, var what] && path == where
                && text.Contains(what, StringComparison.Ordinal));
        }

        _collector.Stop();
        await worker.End("TERM");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
