namespace Weir;

/// <summary>
/// A source or sink that takes something from the host of its job, such as a connection that configuration has given a name.
/// </summary>
/// <remarks>Found when the job starts and not while it is described, so that two hosts of one process share nothing.</remarks>
public interface INeedsServices
{
    /// <summary>
    /// The job starts: finds what is needed. Called once a run, before anything else. What it throws ends the start.
    /// </summary>
    /// <param name="services">The services of the host; null where the job runs without one.</param>
    void FindIn(IServiceProvider? services);
}
