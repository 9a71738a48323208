namespace Weir;

/// <summary>A keyed stream cut into windows. Aggregate it to get a stream again.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class WindowedStream<T, TKey>
{
    internal WindowedStream(KeyedStream<T, TKey> keyed, WindowSpec<T> windows)
    {
        Keyed = keyed;
        Windows = windows;
    }

    /// <summary>Gets the keyed stream.</summary>
    public KeyedStream<T, TKey> Keyed { get; }

    /// <summary>Gets how it is cut, when windows fire, and what becomes of late records.</summary>
    public WindowSpec<T> Windows { get; }

    internal Job Job => Keyed.Job;

    /// <summary>Refuses what is said twice, and what count windows say by themselves.</summary>
    internal void CheckIsFree(object? said, string verb)
    {
        if (said is not null)
        {
            throw new InvalidOperationException(
                $"{verb} is called twice for the windows behind '{Keyed.Stage.Id}'. Call it once for each Window.");
        }

        if (Windows.Kind is CountWindow)
        {
            throw new InvalidOperationException(
                $"The windows behind '{Keyed.Stage.Id}' are count windows, which say by themselves when they fire and what they keep. For "
                    + $"{verb}, use GlobalWindow.Instance with Trigger.Count and Evictor.Count.");
        }
    }
}
