using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using Worker;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,

    // The settings lie beside the program, wherever it is started.
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddWeir()
    .AddJob("readings", (job, services) =>
        Readings.Define(job, services.GetRequiredService<IConfiguration>()["Output"] ?? "readings-out"));

// Where somebody collects telemetry, it says so by this variable; the exporter reads all that begin with OTEL_.
if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
{
    builder.Services.AddOpenTelemetry()
        .UseOtlpExporter()
        .WithMetrics(metrics => metrics.AddMeter("Weir"))
        .WithTracing(traces => traces.AddSource("Weir"));
}

await builder.Build().RunAsync();
