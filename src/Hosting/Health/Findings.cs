using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weir.Hosting.Health;

/// <summary>What a check found of each job: the worst is its status.</summary>
/// <param name="failureStatus">What the application wants to hear instead of unhealthy.</param>
internal sealed class Findings(HealthStatus failureStatus)
{
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private readonly List<string> _bad = [];
    private readonly List<string> _unusual = [];
    private bool _isAnyUsual;
    private HealthStatus _worst = HealthStatus.Healthy;

    /// <summary>Adds what was found of a job.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="what">What was found, as the rest of a sentence.</param>
    /// <param name="status">What it means.</param>
    /// <param name="isUsual">Whether it is what is said of all jobs if nothing is wrong.</param>
    public void Add(string job, string what, HealthStatus status, bool isUsual = true)
    {
        Note(job, what);
        if (status == HealthStatus.Healthy)
        {
            _isAnyUsual |= isUsual;
            if (!isUsual)
            {
                _unusual.Add($"Job '{job}' {what}.");
            }

            return;
        }

        _bad.Add($"Job '{job}' {what}.");
        var reported = status == HealthStatus.Unhealthy ? failureStatus : status;
        _worst = reported < _worst ? reported : _worst;
    }

    /// <summary>Adds a value to the data of the check.</summary>
    public void Note(string key, object value) => _data[key] = value;

    /// <summary>The result.</summary>
    /// <param name="good">What it says of all jobs for which nothing is wrong, and which do what is usual: <c>jobs run</c>.</param>
    public HealthCheckResult Result(string good)
    {
        IEnumerable<string> text = _bad.Count > 0 ? _bad
            : _unusual.Count == 0 ? [$"All {good}."]
            : _isAnyUsual ? [.. _unusual, $"All other {good}."] : _unusual;
        return new(_worst, string.Join(' ', text), data: _data);
    }
}
