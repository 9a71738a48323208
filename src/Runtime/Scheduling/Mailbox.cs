using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Runtime.Scheduling;

/// <summary>
/// Messages to a stepper, from any thread, in the order they were posted. Low traffic: commands and reports, never records.
/// </summary>
/// <typeparam name="T">The messages.</typeparam>
internal sealed class Mailbox<T>
{
    private readonly ConcurrentQueue<T> _messages = new();

    /// <summary>Gets or sets what is called after each post, so that a parked owner wakes up. May be called by any thread.</summary>
    public Action? Posted { get; set; }

    /// <summary>Posts a message.</summary>
    public void Post(T message)
    {
        _messages.Enqueue(message);
        Posted?.Invoke();
    }

    /// <summary>Takes the oldest message, if there is one. Called by the owner only.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T message) => _messages.TryDequeue(out message);
}
