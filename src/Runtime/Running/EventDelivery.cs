using System.Threading.Channels;

namespace Weir.Runtime.Running;

/// <summary>Hands events to the user's handler: in order, one at a time, on a thread that the job does not wait for.</summary>
/// <remarks>
/// A handler that blocks holds up events and nothing else; one that throws is told of once, and goes on to get events. While it
/// blocks, the newest <see cref="Capacity"/> events wait; older ones are dropped, counted, and told of.
/// </remarks>
internal sealed class EventDelivery : IAsyncDisposable
{
    /// <summary>The most events that wait for the handler.</summary>
    public const int Capacity = 1024;

    // How long the end of a job waits for a handler that still has events to take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _job;
    private readonly Action<JobEvent> _handler;
    private readonly TimeProvider _time;
    private readonly TextWriter _unheard;
    private readonly Channel<JobEvent> _waiting;
    private readonly Task _delivery;
    private long _dropped;
    private bool _hasThrown;

    /// <summary>Begins to deliver.</summary>
    /// <param name="job">The job's name, for messages.</param>
    /// <param name="handler">The user's handler.</param>
    /// <param name="time">The job's clock.</param>
    /// <param name="unheard">Where it is said that the handler threw or missed events.</param>
    public EventDelivery(string job, Action<JobEvent> handler, TimeProvider time, TextWriter unheard)
    {
        _job = job;
        _handler = handler;
        _time = time;
        _unheard = unheard;
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _waiting = Channel.CreateBounded<JobEvent>(options, _ => Interlocked.Increment(ref _dropped));
        _delivery = Task.Run(DeliverAsync);
    }

    /// <summary>Adds an event. Never waits. May be called by any thread.</summary>
    public void Post(JobEvent @event) => _waiting.Writer.TryWrite(@event);

    /// <summary>Waits until the handler has taken all events, but not for ever.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        using var enough = new CancellationTokenSource();
        if (await Task.WhenAny(_delivery, Task.Delay(Patience, _time, enough.Token)).ConfigureAwait(false) != _delivery)
        {
            await _unheard.WriteLineAsync(
                $"The event handler of job '{_job}' has not come back for {Patience.TotalSeconds:0} s after the job's end: "
                + $"{Counted.Of(_waiting.Reader.Count, "event")} could not be delivered. "
                + $"Keep {nameof(JobOptions)}.{nameof(JobOptions.OnEvent)} short.")
                    .ConfigureAwait(false);
        }

        await enough.CancelAsync().ConfigureAwait(false);
    }

    private async Task DeliverAsync()
    {
        await foreach (var waiting in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Deliver(waiting);
            if (Interlocked.Exchange(ref _dropped, 0) is var dropped and > 0)
            {
                Deliver(new JobEvent.Warning(
                    $"The event handler of job '{_job}' is too slow: it lost {Counted.Of(dropped, "older event")}. Keep "
                        + $"{nameof(JobOptions)}.{nameof(JobOptions.OnEvent)} short.",
                    null));
            }
        }
    }

    private void Deliver(JobEvent waiting)
    {
        try
        {
            _handler(waiting);
        }
#pragma warning disable CA1031 // Whatever the user's handler throws: the job goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!_hasThrown)
            {
                _hasThrown = true;
                _unheard.WriteLine(
                    $"The event handler of job '{_job}' threw {failure.GetType().Name} on {waiting.GetType().Name}: "
                    + $"{FailureKinds.Sentence(failure.Message)} The job goes on, and so do its events; "
                    + "further exceptions of the handler are not reported.");
            }
        }
    }
}
