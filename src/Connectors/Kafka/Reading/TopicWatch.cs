using System.Collections.Concurrent;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>Looks every few seconds at the topics that are read, by a client of its own, while anybody reads.</summary>
/// <param name="openCluster">Opens a client.</param>
/// <param name="connection">Where, and who, for messages.</param>
internal sealed class TopicWatch(Func<Cluster> openCluster, Func<KafkaConnection> connection) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(string Topic, string Id), TopicCheck> _checks = new();
    private readonly Lock _lock = new();
    private Timer? _timer;
    private Cluster? _cluster;
    private bool _isDisposed;

    /// <summary>The check of a partition's topic; null where the broker gives topics no ids.</summary>
    public TopicCheck? Of(KafkaSplit split) => split.TopicId.Length == 0 ? null
        : _checks.GetOrAdd((split.Topic, split.TopicId), _ => new TopicCheck(split, TimeProvider.System));

    /// <summary>Looks at a topic in the background.</summary>
    public void BeginLook(TopicCheck check, SourceContext context) => check.Begin(context, () => Look(check));

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();

        // Whoever looks now must not keep a reader waiting that closes.
        _ = Task.Run(() =>
        {
            lock (_lock)
            {
                _isDisposed = true;
                _cluster?.Dispose();
                _cluster = null;
            }
        });
    }

    private void Look(TopicCheck check)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _cluster ??= openCluster();
            _timer ??= new Timer(_ => LookAgain(), null, Every, Every);
            check.Look(_cluster, connection());
        }
    }

    private void LookAgain()
    {
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            foreach (var check in _checks.Values.Where(check => !_isDisposed && check.IsBegun))
            {
                check.Look(_cluster!, connection());
            }
        }
#pragma warning disable CA1031 // What a timer throws ends the process. Readers look themselves once this look is too old, and fail then.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            System.Diagnostics.Trace.WriteLine(failure.Message);
        }
        finally
        {
            _lock.Exit();
        }
    }
}
