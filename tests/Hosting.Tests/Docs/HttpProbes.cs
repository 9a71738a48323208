using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Weir.Hosting.Tests.Docs;

/// <summary>The example of <c>docs/hosting.md</c>: what Kubernetes asks by HTTP.</summary>
internal static class HttpProbes
{
    public static void Map(WebApplication app)
    {
        foreach (var tag in (string[])["live", "ready", "progress"])
        {
            app.MapHealthChecks($"/{tag}", new HealthCheckOptions { Predicate = check => check.Tags.Contains(tag) });
        }
    }
}
