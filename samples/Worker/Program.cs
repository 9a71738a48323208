using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
await builder.Build().RunAsync();
