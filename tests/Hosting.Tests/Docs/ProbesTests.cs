using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Weir.Hosting.Tests.Docs;

/// <summary>The probes of the page <c>hosting.md</c>, asked as Kubernetes asks them.</summary>
public sealed class ProbesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paths_answer_503_for_what_is_not_healthy_and_200_for_what_is()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Weir:StopHostOnFailure"] = "false";
        builder.Configuration["Weir:Defaults:Restart:Strategy"] = "None";
        builder.AddWeir()
            .AddJob("short", job => job.From([1, 2, 3]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)))
            .AddJob("failing", job => job.From([1]).Select(static number => number / (number - 1))
                .To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        await using var app = builder.Build();
        HttpProbes.Map(app);
        await app.StartAsync(Cancellation);
        var jobs = app.Services.GetRequiredService<IWeirJobs>();
        await Hosts.Eventually(() => jobs.All[1].Failure is not null);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK],
            [await Ask("live"), await Ask("ready"), await Ask("progress")]);
        await app.StopAsync(Cancellation);

        async Task<HttpStatusCode> Ask(string path)
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_port_is_open_while_the_host_is_alive()
    {
        var port = FreePort();
        var builder = Hosts.Builder();
        builder.AddWeir().AddJob("short", job => job.From([1]).To(StandardOutput.Lines<int>(writer: TextWriter.Null)));
        TcpProbe.Add(builder.Services, port, "live");
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        using (var client = new TcpClient())
        {
            await Hosts.Eventually(() => TryConnect(client, port));
        }

        await host.StopAsync(Cancellation);
    }

    private static bool TryConnect(TcpClient client, int port)
    {
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
