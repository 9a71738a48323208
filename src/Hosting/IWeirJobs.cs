using System.Diagnostics.CodeAnalysis;

namespace Weir.Hosting;

/// <summary>The jobs of the host, from its services. May be used by any thread.</summary>
public interface IWeirJobs
{
    /// <summary>Gets the jobs, in the order in which they were added.</summary>
    IReadOnlyList<IWeirJob> All { get; }

    /// <summary>Finds a job.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="job">The job; null if the host has none of this name.</param>
    /// <returns>Whether the host has it.</returns>
    bool TryGet(string name, [NotNullWhen(true)] out IWeirJob? job);
}
