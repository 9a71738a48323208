using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>
/// A client of librdkafka and the thread that serves it: errors, log lines, statistics, failed deliveries and the refreshing of tokens are
/// told also while nobody reads or writes.
/// </summary>
/// <remarks>Disposed once, by its owner, when no other call is under way.</remarks>
internal sealed unsafe class ClientHandle : IDisposable
{
    private const int Events = EventDelivery | EventLog | EventError | EventOffsetCommit | EventStatistics | EventToken;
    private const int EventDelivery = 0x1;
    private const int EventLog = 0x4;
    private const int EventError = 0x8;
    private const int EventOffsetCommit = 0x20;
    private const int EventStatistics = 0x40;
    private const int EventToken = 0x100;
    private const int NoConsumerClose = 0x8;
    private const int PollMilliseconds = 100;

    private readonly ClientEvents _events;
    private readonly ClientSettings _settings;
    private readonly nint _queue;
    private readonly Thread _server;
    private volatile bool _isDisposed;

    /// <summary>Makes a client and begins to serve it. Connections are made in the background.</summary>
    /// <param name="type">A consumer or a producer.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="events">What is told of it, on the serving thread.</param>
    /// <exception cref="KafkaSettingException">Settings do not go together.</exception>
    public ClientHandle(int type, ClientSettings settings, ClientEvents events)
    {
        (_events, _settings) = (events, settings);
        Servers = settings.Servers;
        var own = settings.Copy().Own("log.queue", "true");
        var conf = own.ToNative();
        Rd.rd_kafka_conf_set_events(conf, Events);
        Span<byte> error = stackalloc byte[512];
        fixed (byte* text = error)
        {
            Pointer = Rd.rd_kafka_new(type, conf, text, (nuint)error.Length);
            if (Pointer == 0)
            {
                Rd.rd_kafka_conf_destroy(conf);
                throw new KafkaSettingException($"The Kafka client refuses its settings: {own.Hide(Utf8.Text(text)).TrimEnd('.')}.");
            }
        }

        if (type == Rd.Consumer)
        {
            _ = Rd.rd_kafka_poll_set_consumer(Pointer);
            _queue = Rd.rd_kafka_queue_get_consumer(Pointer);
        }
        else
        {
            _queue = Rd.rd_kafka_queue_get_main(Pointer);
        }

        _ = Rd.rd_kafka_set_log_queue(Pointer, _queue);
        _server = new Thread(Serve) { IsBackground = true, Name = $"Weir {Utf8.Text(Rd.rd_kafka_name(Pointer))}" };
        _server.Start();
    }

    /// <summary>
    /// Gets what the client has told last of its connections, and goes on trying: the reason why a call was not answered. Null for nothing.
    /// </summary>
    public KafkaError? LastError { get; private set; }

    /// <summary>Gets why the brokers do not let the client in: the last word that was heard of them. Null if they do, as far as is
    /// known.</summary>
    public KafkaError? Refusal => LastError is { } error && Refusals.IsRefusal(error) ? error : null;

    /// <summary>Gets whom the brokers know it as, for messages.</summary>
    public string Principal => Principals.Of(_settings, _events.Token is not null);

    /// <summary>Gets the native client.</summary>
    public nint Pointer { get; }

    /// <summary>Gets the brokers as they were given, for messages.</summary>
    public string Servers { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Rd.rd_kafka_queue_yield(_queue);
        _server.Join();
        Rd.rd_kafka_queue_destroy(_queue);
        Rd.rd_kafka_destroy_flags(Pointer, NoConsumerClose);
    }

    private void Serve()
    {
        while (!_isDisposed)
        {
            var e = Rd.rd_kafka_queue_poll(_queue, PollMilliseconds);
            if (e != 0)
            {
                Handle(e);
                Rd.rd_kafka_event_destroy(e);
            }
        }
    }

    private void Handle(nint e)
    {
        switch (Rd.rd_kafka_event_type(e))
        {
            case EventError:
                var told = new KafkaError(
                    Rd.rd_kafka_event_error(e),
                    Utf8.Text(Rd.rd_kafka_event_error_string(e)) ?? "",
                    Rd.rd_kafka_event_error_is_fatal(e) != 0);

                // That all are down says less than why one is.
                LastError = told.Code == ErrorCodes.AllBrokersDown ? LastError ?? told : told;
                _events.OnError(told);
                break;
            case EventLog:
                byte* facility;
                byte* text;
                int level;
                if (Rd.rd_kafka_event_log(e, &facility, &text, &level) == 0)
                {
                    _events.OnLog(level, Utf8.Text(facility) ?? "", _settings.Hide(Utf8.Text(text)));
                }

                break;
            case EventStatistics:
                _events.OnStatistics(Utf8.Text(Rd.rd_kafka_event_stats(e)) ?? "");
                break;
            case EventDelivery:
                for (var message = Rd.rd_kafka_event_message_next(e); message != null; message = Rd.rd_kafka_event_message_next(e))
                {
                    if (message->Error != 0)
                    {
                        _events.OnDeliveryFailed(FailedDelivery.Of(message));
                    }
                }

                break;
            case EventOffsetCommit when Rd.rd_kafka_event_error(e) is not (0 or -168) and var error:
                _events.OnCommitFailed(KafkaError.Of(error));
                break;
            case EventToken:
                RefreshToken(Utf8.Text(Rd.rd_kafka_event_config_string(e)) ?? "");
                break;
        }
    }

    // A refresh may take as long as the identity provider does: the other events wait for it.
    private void RefreshToken(string configuration)
    {
        if (_events.Token is null)
        {
            Rd.rd_kafka_oauthbearer_set_token_failure(
                Pointer, "sasl.mechanism is OAUTHBEARER, and nothing gives tokens: call KafkaConnection.WithToken, or "
                    + "sasl.oauthbearer.method=oidc");
            return;
        }

        try
        {
            var token = _events.Token(configuration);
            Span<byte> error = stackalloc byte[512];
            fixed (byte* text = error)
            {
                if (Rd.rd_kafka_oauthbearer_set_token(
                    Pointer, token.Value, token.Expires.ToUnixTimeMilliseconds(), token.Principal, 0, 0, text, (nuint)error.Length) != 0)
                {
                    Rd.rd_kafka_oauthbearer_set_token_failure(Pointer, Utf8.Text(text) ?? "");
                }
            }
        }
#pragma warning disable CA1031 // Whatever the user's function throws is told to the client, which asks again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Rd.rd_kafka_oauthbearer_set_token_failure(Pointer, failure.Message);
        }
    }
}
