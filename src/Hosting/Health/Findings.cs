using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weir.Hosting.Health;

/// <summary>What a check found of each job: the worst is its status.</summary>
/// <param name="failureStatus">What the application wants to hear instead of unhealthy.</param>
internal sealed class Findings(HealthStatus failureStatus)
{
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private readonly List<string> _bad = [];
    private HealthStatus _worst = HealthStatus.Healthy;

    /// <summary>Adds what was found of a job.</summary>
    public void Add(string job, string what, HealthStatus status)
    {
        Note(job, what);
        if (status == HealthStatus.Healthy)
        {
            return;
        }

        _bad.Add($"Job '{job}' {what}.");
        var reported = status == HealthStatus.Unhealthy ? failureStatus : status;
        _worst = reported < _worst ? reported : _worst;
    }

    /// <summary>Adds a value to the data of the check.</summary>
    public void Note(string key, object value) => _data[key] = value;

    /// <summary>The result.</summary>
    /// <param name="good">What it says if nothing is wrong.</param>
    public HealthCheckResult Result(string good) => new(_worst, _bad.Count == 0 ? good : string.Join(' ', _bad), data: _data);
}
