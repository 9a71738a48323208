using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Reading;

/// <summary>Reads a partition: takes what the client has fetched, and makes records of it where it lies.</summary>
/// <remarks>
/// The offset is behind the last record handed out, or, where nothing more has been fetched, behind the markers and the compacted records
/// that follow it: so that the lag of a partition that has been read whole is 0, and a bounded partition ends.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed unsafe class KafkaReader<T> : ISplitReader<T>, IPartitionPosition
{
    // What is taken from the client at once: so many that the call costs nothing, so few that they are in the cache when their turn comes.
    private const int TakenAtOnce = 128;

    // How many messages that cannot be read one call passes by: a barrier must not wait for a whole topic of them.
    private const int RejectedAtOnce = 512;

    private readonly KafkaSplit _split;
    private readonly KafkaMessageReader<T> _read;
    private readonly PartitionKeeper _keeper;
    private readonly SourceContext _context;
    private readonly RejectedMessages _rejected;
    private readonly ConsumedMessages _consumed;
    private readonly PollActivity _activity;
    private readonly bool _wantsTimes;
    private readonly nint[] _taken = new nint[TakenAtOnce];
    private PartitionQueue? _queue;
    private long _offset;
    private int _next;
    private int _count;
    private int _delivered;
    private int _mayReject;
    private TopicCheck? _check;
    private bool _isClosed;
    private bool _isTraced;

    public KafkaReader(
        KafkaSplit split,
        Offset offset,
        KafkaMessageReader<T> read,
        PartitionKeeper keeper,
        SourceContext context,
        KafkaReadOptions options)
    {
        _split = split;
        _offset = offset.Value;
        _read = read;
        _keeper = keeper;
        _context = context;
        _wantsTimes = context.WantsTimes;
        _rejected = new RejectedMessages(options.OnMalformed, context, keeper.Servers);
        _consumed = new ConsumedMessages(MessagingMeter.Of(context.Meter), split.Place, options.Group);
        _activity = new PollActivity(split.Place, options.Group, MessagingMeter.JobOf(context.Meter), context.Operator);
        _keeper.Enter(this);
    }

    public Offset Offset => new(_offset);

    public TopicPartition Place => _split.Place;

    public long Position => Volatile.Read(ref _offset);

    private bool IsAtEnd => _offset >= _split.Stop;

    public ReadStatus Read(Batch<T> batch)
    {
        _delivered = 0;
        try
        {
            return ReadOn(batch);
        }
        catch (Exception failure) when (_isTraced && _activity.Fail(failure))
        {
            throw;
        }
        finally
        {
            _consumed.Add(_delivered);
            if (_isTraced)
            {
                _isTraced = false;
                _activity.End(_delivered);
            }
        }
    }

    public void OnCheckpointComplete(CheckpointId checkpoint, Offset offset) => _keeper.Commit(_split.Place, offset.Value);

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        ReleaseTaken();
        _queue?.Dispose();
        _keeper.Leave(this);
    }

    private ReadStatus ReadOn(Batch<T> batch)
    {
        if (IsAtEnd)
        {
            return _keeper.End;
        }

        // What is fetched meanwhile is not looked at before it is known to be of the same topic.
        _queue ??= _keeper.Consumer.Assign(_split.Place, _offset, _context.Wake);
        _check ??= _keeper.CheckOf(_split);
        if (_check is { IsFresh: false })
        {
            _keeper.BeginLook(_check, _context);
            return ReadStatus.Pending;
        }

        _mayReject = RejectedAtOnce;
        while (!batch.IsFull && _mayReject > 0)
        {
            if (_next == _count && !TryTake())
            {
                return ReadStatus.Pending;
            }

            var message = (RdMessage*)_taken[_next];
            if (!Deliver(message, batch))
            {
                return _keeper.End;
            }

            // At once, while it is in the cache.
            _next++;
            Rd.rd_kafka_message_destroy(message);
        }

        return ReadStatus.Available;
    }

    private bool TryTake()
    {
        ReleaseTaken();
        _count = _queue!.Take(_taken);
        return _count > 0;
    }

    private void ReleaseTaken()
    {
        PartitionQueue.Release(_taken.AsSpan(_next, _count - _next));
        _next = 0;
        _count = 0;
    }

    // False if the partition has ended.
    private bool Deliver(RdMessage* message, Batch<T> batch)
    {
        if (message->Error != 0)
        {
            return OnError(message);
        }

        if (message->Offset >= _split.Stop)
        {
            _offset = _split.Stop.Value;
            return false;
        }

        if (_delivered++ == 0 && KafkaActivities.IsHeard)
        {
            _isTraced = _activity.Begin(message->Offset);
        }

        if (_isTraced)
        {
            _activity.Take(message);
        }

        Decode(message, batch);
        _offset = message->Offset + 1;
        return !IsAtEnd;
    }

    private void Decode(RdMessage* message, Batch<T> batch)
    {
        var one = new KafkaMessage(message, _split.Topic);
        try
        {
            var record = _read(one);
            if (_wantsTimes)
            {
                batch.Add(record, MessageTime.Of(one));
            }
            else
            {
                batch.Add(record);
            }
        }
        catch (FormatException failure)
        {
            _mayReject--;
            _rejected.Take(one, failure);
        }
    }

    private bool OnError(RdMessage* message)
    {
        switch (message->Error)
        {
            case ErrorCodes.PartitionEnd:
                // Also below the end of a bounded partition, while a transaction is open.
                _offset = Math.Max(_offset, message->Offset);
                return !IsAtEnd;
            case ErrorCodes.AutoOffsetReset or ErrorCodes.OffsetOutOfRange:
                throw _keeper.Gone(_split, _offset);
            default:
                var error = new KafkaError(message->Error, Utf8.Text(message->Payload) ?? "");
                throw KafkaClientException.Of(
                    $"Reading {_split} at offset {_offset}", _keeper.Servers, error, principal: _keeper.Consumer.Principal);
        }
    }
}
