using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weir.Hosting.Tests.Docs;

/// <summary>The example of <c>docs/hosting.md</c>: a port that is open while all checks of a tag are healthy.</summary>
internal static class TcpProbe
{
    public static void Add(IServiceCollection services, int port, string tag)
    {
        services.AddSingleton<IHealthCheckPublisher>(new OpenWhileHealthy(port));
        services.Configure<HealthCheckPublisherOptions>(options =>
        {
            options.Predicate = check => check.Tags.Contains(tag);
            options.Delay = TimeSpan.Zero;
            options.Period = TimeSpan.FromSeconds(5);
        });
    }

    public sealed class OpenWhileHealthy(int port) : IHealthCheckPublisher, IDisposable
    {
        private TcpListener? _listener;

        public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
        {
            if (report.Status != HealthStatus.Healthy)
            {
                Dispose();
            }
            else if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Any, port);
                _listener.Start(backlog: 10);
                _ = AnswerAsync(_listener);
            }

            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _listener?.Dispose();
            _listener = null;
        }

        // Whoever comes is let go at once: that the port is open says all.
        private static async Task AnswerAsync(TcpListener listener)
        {
            try
            {
                while (true)
                {
                    (await listener.AcceptTcpClientAsync()).Dispose();
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
