using Weir.Runtime.Scheduling;

namespace Weir.Victim.Dying;

/// <summary>Mailboxes that nobody empties: each message goes on at once, by the thread that posted it.</summary>
internal static class Relay
{
    /// <summary>A mailbox whose messages go to a function, in order.</summary>
    public static Mailbox<T> To<T>(Action<T> deliver)
    {
        var order = new Lock();
        var mailbox = new Mailbox<T>();
        mailbox.Posted = () =>
        {
            lock (order)
            {
                while (mailbox.TryTake(out var message))
                {
                    deliver(message);
                }
            }
        };
        return mailbox;
    }
}
