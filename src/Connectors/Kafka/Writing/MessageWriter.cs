using System.Diagnostics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Writing;

/// <summary>
/// Makes messages of records and gives them to a producer. If the producer's queue is full, the rest of the batch waits here.
/// </summary>
/// <remarks>By one thread at a time.</remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed unsafe class MessageWriter<T> : IDisposable
{
    private static readonly TimeSpan LearningTime = TimeSpan.FromSeconds(10);

    private readonly Producer _producer;
    private readonly KafkaMessageShape<T> _shape;
    private readonly MessageArena _arena = new();
    private readonly SentMessages _sent;
    private readonly nint _topic;
    private readonly bool _hasPlainShape;
    private readonly long _limit;
    private RdMessage[] _messages = new RdMessage[1024];
    private Extra[] _extras = [];
    private int _first;
    private int _count;
    private bool _isPlain;
    private byte[]? _traceParent;

    public MessageWriter(Producer producer, KafkaMessageShape<T> shape, SentMessages sent, long limit)
    {
        _limit = limit - shape.ReservedBytes;
        _sent = sent;
        _producer = producer;
        _shape = shape;
        _topic = shape.TopicName is { } name ? producer.Topic(name) : 0;
        _isPlain = _hasPlainShape = shape.TopicPart is null && shape.TimePart is null && shape.HeaderPart is null;
        if (_topic != 0 && shape.PartitionPart is not null && producer.Learn(_topic, LearningTime) is { } error)
        {
            throw KafkaClientException.Of(
                $"Asking for the topic '{shape.TopicName}'", producer.Servers, error, principal: producer.Principal);
        }
    }

    /// <summary>Gets whether messages wait because the producer's queue is full.</summary>
    public bool HasRest => _first < _count;

    /// <summary>Encodes a batch and gives it to the producer, as far as that has room.</summary>
    /// <param name="batch">The batch. Nothing of one before it waits.</param>
    /// <param name="activity">What it is written in; null for nothing that is traced.</param>
    /// <exception cref="KafkaClientException">The producer takes no more for good.</exception>
    public void Write(Batch<T> batch, Activity? activity = null)
    {
        _traceParent = _shape.NamesTrace ? TraceParent.Of(activity) : null;
        _isPlain = _hasPlainShape && _traceParent is null;
        var records = batch.Values;
        Reserve(records.Length);
        _arena.Clear();
        (_first, _count) = (0, 0);
        foreach (ref readonly var record in records)
        {
            if (_shape.FitPart is { } fit)
            {
                Encode(fit(record, _limit));
            }
            else
            {
                Encode(record);
            }
        }

        // Only now: the memory may have moved while it grew.
        for (var i = 0; i < _count; i++)
        {
            ref var message = ref _messages[i];
            message.Key = message.Key == null ? null : _arena.At((int)message.Key - 1);
            message.Payload = message.Payload == null ? null : _arena.At((int)message.Payload - 1);
        }

        Send();
    }

    /// <summary>Gives the producer what waits, as far as it has room.</summary>
    public void Send()
    {
        while (HasRest)
        {
            if (_isPlain ? !SendMany() : !SendOne())
            {
                return;
            }
        }
    }

    public void Dispose() => _arena.Dispose();

    private void Reserve(int count)
    {
        if (_messages.Length < count)
        {
            _messages = new RdMessage[count];
        }

        if (!_isPlain && _extras.Length < count)
        {
            _extras = new Extra[count];
        }
    }

    private void Encode(in T record)
    {
        ref var message = ref _messages[_count];
        message = new RdMessage { Partition = _shape.PartitionPart?.Invoke(record) ?? -1 };
        var start = _arena.Length;
        if (_shape.WriteKey(record, _arena))
        {
            message.Key = Place(start);
            message.KeyLength = (nuint)(_arena.Length - start);
        }

        start = _arena.Length;
        if (_shape.WriteValue(record, _arena))
        {
            message.Payload = Place(start);
            message.Length = (nuint)(_arena.Length - start);
        }

        if (!_isPlain)
        {
            _extras[_count] = new Extra(
                _shape.TopicPart?.Invoke(record),
                _shape.TimeOf(record),
                _shape.HeaderPart?.Invoke(record));
        }

        _count++;
    }

    // Where something begins, and not null: a value of no bytes is no tombstone.
    private static byte* Place(int start) => (byte*)(nint)(start + 1);

    private bool SendMany()
    {
        var taken = _producer.ProduceBatch(_topic, _messages.AsSpan(_first, _count - _first));
        if (taken == _count - _first)
        {
            _sent.Add(_shape.TopicName!, taken);
            _first = _count;
            return true;
        }

        // Those that were not taken say why; those behind a full queue may have been taken, in a later moment.
        var left = 0;
        for (var i = _first; i < _count; i++)
        {
            var error = _messages[i].Error;
            if (error == ErrorCodes.QueueFull)
            {
                _messages[left++] = _messages[i] with { Error = 0 };
            }
            else if (error != 0)
            {
                throw RefusedMessage.Of(_messages[i], _shape.TopicName, KafkaError.Of(error), _producer.Servers, _producer.Principal);
            }
        }

        _sent.Add(_shape.TopicName!, _count - _first - left);
        (_first, _count) = (0, left);
        return false;
    }

    private bool SendOne()
    {
        ref readonly var message = ref _messages[_first];
        ref readonly var extra = ref _extras[_first];
        var headers = NativeHeaders.Of(extra.Headers, _traceParent);
        if (_producer.Produce(extra.Topic is { } name ? _producer.Topic(name) : _topic, message, extra.Time, headers) is { } error)
        {
            NativeHeaders.Free(headers);
            return error.Code == ErrorCodes.QueueFull
                ? false
                : throw RefusedMessage.Of(message, extra.Topic ?? _shape.TopicName, error, _producer.Servers, _producer.Principal);
        }

        _sent.Add(extra.Topic ?? _shape.TopicName!, 1);
        _first++;
        return true;
    }

    // What a message has that a plain one has not.
    private readonly record struct Extra(string? Topic, long? Time, KafkaHeaders? Headers);
}
