using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weir.Hosting.Settings;

namespace Weir.Hosting;

/// <summary>The jobs that were added to a host.</summary>
internal sealed class WeirJobs : IWeirJobs
{
    private readonly List<HostedJob> _jobs;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly IOptions<WeirOptions> _options;

    public WeirJobs(
        IEnumerable<JobDefinition> definitions,
        IServiceProvider services,
        IHostApplicationLifetime lifetime,
        IOptions<WeirOptions> options,
        IOptionsMonitor<JobSettings> settings,
        IMeterFactory meters,
        ILoggerFactory loggers,
        SecondInterrupt interrupt,
        IConfiguration configuration,
        IHostEnvironment environment,
        IEnumerable<SettingsSection> sections,
        TimeProvider time)
    {
        (_lifetime, _options) = (lifetime, options);
        var hasNoSection = !configuration.GetSection(Sections.Weir).Exists();
        _jobs =
        [
            .. definitions.Select(definition => new HostedJob(
                definition,
                services,
                new JobHost(this, options, settings, meters, interrupt, time)
                {
                    Log = loggers.CreateLogger($"Weir.Job.{definition.Name}"),
                    HasNoSection = hasNoSection,
                    ContentRoot = environment.ContentRootPath,
                })),
        ];
        foreach (var group in sections.GroupBy(section => section.Key, section => section.Name, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var section in configuration.GetSection($"{Sections.Weir}:{group.Key}").GetChildren()
                .Where(section => !group.Contains(section.Key, StringComparer.OrdinalIgnoreCase)))
            {
                JobLog.UnknownSection(loggers.CreateLogger("Weir"), section.Path, string.Join(", ", group));
            }
        }

        foreach (var section in configuration.GetSection(Sections.Jobs).GetChildren().Where(section => !TryGet(section.Key, out _)))
        {
            JobLog.UnknownJob(loggers.CreateLogger("Weir"), section.Path, string.Join(", ", _jobs.Select(job => job.Name)));
        }
    }

    public IReadOnlyList<IWeirJob> All => _jobs;

    public bool TryGet(string name, [NotNullWhen(true)] out IWeirJob? job)
    {
        job = _jobs.Find(job => job.Name == name);
        return job is not null;
    }

    /// <summary>What the host starts and stops of a job.</summary>
    public HostedJob Hosted(string name) => _jobs.Single(job => job.Name == name);

    /// <summary>A job has failed for good.</summary>
    public void OnFailure()
    {
        if (_options.Value.StopHostOnFailure)
        {
            Environment.ExitCode = 1;
            _lifetime.StopApplication();
        }
    }

    /// <summary>A job did not end when it was cancelled. The host stops already; whoever watches it is told by the exit code.</summary>
    public static void OnAbandoned() => Environment.ExitCode = 1;

    /// <summary>A job has come to the end of its sources.</summary>
    public void OnFinished()
    {
        if (_options.Value.StopHostWhenFinished && _jobs.TrueForAll(job => job.IsFinished))
        {
            _lifetime.StopApplication();
        }
    }
}
