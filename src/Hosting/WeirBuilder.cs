using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Hosting.Settings;

namespace Weir.Hosting;

/// <summary>What jobs are added to.</summary>
public sealed class WeirBuilder
{
    internal WeirBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a job, which runs from the start of the host to its stop.</summary>
    /// <remarks>
    /// Its settings are those of <c>Weir:Defaults</c>, then of <c>Weir:Jobs:‹name›</c>, key by key; the later wins. <paramref
    /// name="options"/> has the last word, and says what a configuration cannot: a state backend, an arbiter, what is told of events.
    /// </remarks>
    /// <param name="name">The job's name; see <see cref="Job(string)"/>.</param>
    /// <param name="define">Describes the pipeline. Called once, when the host starts; what it throws ends the start.</param>
    /// <param name="options">Changes the options that the settings make; null for nothing.</param>
    /// <returns>This, for the next job.</returns>
    /// <exception cref="ArgumentException">The name is no name of a job, or another job has it.</exception>
    public WeirBuilder AddJob(
        string name, Action<Job, IServiceProvider> define, Func<JobOptions, IServiceProvider, JobOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(define);
        _ = new Job(name);
        if (Services.Any(service => service.ImplementationInstance is JobDefinition other && other.Name == name))
        {
            throw new ArgumentException(
                $"The host has a job '{name}' already. Checkpoints belong to a name: give each job its own.", nameof(name));
        }

        var definition = new JobDefinition(name, define, options);
        Services.AddSingleton(definition);
        Services.AddOptions<JobSettings>(name)
            .Configure<IConfiguration>((settings, configuration) => Sections.Bind(configuration, name, settings))
            .ValidateOnStart();
        Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<WeirJobs>().Hosted(name));
        return this;
    }

    /// <summary>Adds a job that needs nothing of the host's services.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="define">Describes the pipeline.</param>
    /// <returns>This, for the next job.</returns>
    /// <exception cref="ArgumentException">The name is no name of a job, or another job has it.</exception>
    public WeirBuilder AddJob(string name, Action<Job> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        return AddJob(name, (job, _) => define(job));
    }

    /// <summary>Changes the settings of a job behind its configuration.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="configure">Changes them.</param>
    /// <returns>This.</returns>
    public WeirBuilder ConfigureJob(string name, Action<JobSettings> configure)
    {
        Services.PostConfigure(name, configure);
        return this;
    }
}
