namespace Weir.Hosting;

/// <summary>A job of the host.</summary>
public interface IWeirJob
{
    /// <summary>Gets its name.</summary>
    string Name { get; }

    /// <summary>
    /// Gets the running job: its progress and checkpoints, and how to stop it or take a checkpoint. Null before the host has started it,
    /// and if its settings have <c>Enabled</c> false.
    /// </summary>
    RunningJob? Running { get; }

    /// <summary>Gets why it failed for good; null if it did not.</summary>
    Exception? Failure { get; }

    /// <summary>Gets a value indicating whether the host is stopping it.</summary>
    bool IsStopping { get; }
}
