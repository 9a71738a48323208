namespace Weir.Runtime.Scheduling;

/// <summary>Where steppers send what may block: commits, uploads, listings. They poll for the outcome.</summary>
/// <remarks>In production the thread pool; in the simulator a queue whose items run, or crash, when the seed says so.</remarks>
internal interface IWorkPool
{
    /// <summary>Starts a piece of work.</summary>
    /// <typeparam name="T">Its outcome.</typeparam>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="work">The work.</param>
    /// <returns>What to poll.</returns>
    Pending<T> Run<T>(string name, Func<CancellationToken, ValueTask<T>> work);
}
