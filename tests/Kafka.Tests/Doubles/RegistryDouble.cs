using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>A schema registry in this process: it keeps schemas by subject and id, and every request that it was asked.</summary>
internal sealed class RegistryDouble : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<Registered> _schemas = [];
    private readonly Task _serving;

    public RegistryDouble(int firstId = 1)
    {
        NextId = firstId;
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Gets where it is.</summary>
    public string Url { get; }

    /// <summary>Gets what it was asked: method and path, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Gets the credentials that came with the requests.</summary>
    public ConcurrentQueue<string?> Credentials { get; } = new();

    /// <summary>Gets or sets the id that the next schema gets.</summary>
    public int NextId { get; set; }

    /// <summary>Gets or sets what it answers to everything instead: a status and a body.</summary>
    public (int Status, string Body)? Instead { get; set; }

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Registers a schema, as another program would.</summary>
    public int Register(string subject, string schema, string type = "AVRO")
    {
        lock (_lock)
        {
            if (_schemas.Find(one => one.Subject == subject && one.Schema == schema) is { } known)
            {
                return known.Id;
            }

            var same = _schemas.Find(one => one.Schema == schema && one.Type == type);
            var id = same?.Id ?? NextId++;
            _schemas.Add(new Registered(subject, _schemas.Count(one => one.Subject == subject) + 1, id, schema, type));
            return id;
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        Credentials.Enqueue(context.Request.Headers["Authorization"]);
        using var reader = new StreamReader(context.Request.InputStream);
        var (status, body) = Instead ?? Answer(path.Trim('/').Split('/'), context.Request.HttpMethod, await reader.ReadToEndAsync());
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/vnd.schemaregistry.v1+json";
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    private (int Status, string Body) Answer(string[] path, string method, string body)
    {
        switch (method, path)
        {
            case ("POST", ["subjects", var subject, "versions"]):
                var (schema, type) = Sent(body);
                return (200, JsonSerializer.Serialize(new { id = Register(subject, schema, type) }));
            case ("POST", ["subjects", var subject]):
                return Find(one => one.Subject == subject && one.Schema == Sent(body).Schema, "Schema not found", 40403);
            case ("GET", ["subjects", var subject, "versions", "latest"]):
                return Find(one => one.Subject == subject, $"Subject '{subject}' not found.", 40401);
            case ("GET", ["schemas", "ids", var id]):
                return Find(one => $"{one.Id}" == id, $"Schema {id} not found", 40403);
            default:
                return (404, """{"error_code":404,"message":"HTTP 404 Not Found"}""");
        }
    }

    private (int Status, string Body) Find(Predicate<Registered> predicate, string otherwise, int error)
    {
        lock (_lock)
        {
            return _schemas.FindLast(predicate) is { } found
                ? (200, JsonSerializer.Serialize(new
                {
                    subject = found.Subject,
                    version = found.Version,
                    id = found.Id,
                    schema = found.Schema,
                    schemaType = found.Type,
                }))
                : (404, JsonSerializer.Serialize(new { error_code = error, message = otherwise }));
        }
    }

    private static (string Schema, string Type) Sent(string body)
    {
        using var sent = JsonDocument.Parse(body);
        return (
            sent.RootElement.GetProperty("schema").GetString()!,
            sent.RootElement.TryGetProperty("schemaType", out var type) ? type.GetString()! : "AVRO");
    }

    private sealed record Registered(string Subject, int Version, int Id, string Schema, string Type);
}
