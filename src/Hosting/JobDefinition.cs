namespace Weir.Hosting;

/// <summary>A job that was added to a host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Define">Describes its pipeline.</param>
/// <param name="Options">Changes the options that its settings make; null for nothing.</param>
internal sealed record JobDefinition(
    string Name, Action<Job, IServiceProvider> Define, Func<JobOptions, IServiceProvider, JobOptions>? Options);
