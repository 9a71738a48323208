using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Weir.Hosting;

/// <summary>What a job needs of the host that it runs in.</summary>
/// <param name="Jobs">All jobs.</param>
/// <param name="Options">What holds for all jobs.</param>
/// <param name="Settings">What the configuration says of each.</param>
/// <param name="Meters">Makes its meter.</param>
/// <param name="Interrupt">Tells of a second Ctrl-C.</param>
/// <param name="Time">The clock.</param>
internal sealed record JobHost(
    WeirJobs Jobs,
    IOptions<WeirOptions> Options,
    IOptionsMonitor<JobSettings> Settings,
    IMeterFactory Meters,
    SecondInterrupt Interrupt,
    TimeProvider Time)
{
    /// <summary>Gets where its events are written.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Gets a value indicating whether the configuration says nothing of Weir.</summary>
    public required bool HasNoSection { get; init; }

    /// <summary>Gets where the host looks for the files of its configuration.</summary>
    public required string ContentRoot { get; init; }
}
