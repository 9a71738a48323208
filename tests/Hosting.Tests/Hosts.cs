using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Hosting.Tests;

/// <summary>Hosts whose configuration is what a test says and nothing else.</summary>
internal static class Hosts
{
    public static HostApplicationBuilder Builder(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            configuration.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
        builder.Logging.AddFakeLogging();
        return builder;
    }

    public static IReadOnlyList<string> Logged(this IHost host) =>
        [.. host.Services.GetFakeLogCollector().GetSnapshot().Select(record => record.Message)];

    /// <summary>Waits for what other threads bring about.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public static RunningJob Running(this IHost host, string job) =>
        host.Services.GetRequiredService<IWeirJobs>().TryGet(job, out var found) && found.Running is { } running
            ? running
            : throw new InvalidOperationException($"'{job}' does not run");
}
