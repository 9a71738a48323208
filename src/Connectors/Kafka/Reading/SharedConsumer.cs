using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>
/// The consumer of a source: one for all its splits and subtasks. It is made when the first split is opened, and ended with the last.
/// </summary>
internal sealed class SharedConsumer(Func<Consumer> make)
{
    private readonly Lock _lock = new();
    private Consumer? _consumer;
    private int _users;

    public Consumer Acquire()
    {
        lock (_lock)
        {
            _consumer ??= make();
            _users++;
            return _consumer;
        }
    }

    public void Release()
    {
        Consumer? ended = null;
        lock (_lock)
        {
            if (--_users == 0)
            {
                ended = _consumer;
                _consumer = null;
            }
        }

        ended?.Dispose();
    }
}
