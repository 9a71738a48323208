using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weir.Hosting;
using Weir.Hosting.Health;
using Weir.Hosting.Settings;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Weir to a host.</summary>
public static class WeirHostingExtensions
{
    /// <summary>
    /// Adds what jobs need of a host: settings of the section <c>Weir</c>, health checks, and <see cref="IWeirJobs"/>. Then add the jobs:
    /// <c>AddJob</c> of what this answers.
    /// </summary>
    /// <remarks>May be called more than once; what is configured adds up.</remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Changes what the configuration says; null for nothing.</param>
    /// <returns>What jobs are added to.</returns>
    public static WeirBuilder AddWeir(this IHostApplicationBuilder builder, Action<WeirOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;

        // Behind the configuration, so that the code has the last word.
        if (configure is not null)
        {
            services.PostConfigure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(WeirJobs)))
        {
            return new WeirBuilder(services);
        }

        services.AddOptions<WeirOptions>()
            .Configure<IConfiguration, IEnumerable<SettingsSection>>(static (options, configuration, others) =>
                Sections.Bind(configuration, options, [.. others.Select(other => other.Key)]))
            .ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<WeirOptions>, WeirOptionsChecks>();
        services.AddSingleton<IValidateOptions<JobSettings>, JobSettingsChecks>();
        services.AddSingleton<WeirJobs>();
        services.AddSingleton<IWeirJobs>(static provider => provider.GetRequiredService<WeirJobs>());
        services.AddSingleton<SecondInterrupt>();
        services.AddHealthChecks()
            .AddCheck<LiveCheck>("weir-live", tags: ["live"])
            .AddCheck<ReadyCheck>("weir-ready", tags: ["ready"])
            .AddCheck<ProgressCheck>("weir-progress", tags: ["progress"]);
        return new WeirBuilder(services);
    }
}
