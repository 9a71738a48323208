namespace Weir.KafkaLog.Client;

/// <summary>The settings that librdkafka has, as text; a test compares it with the library.</summary>
internal static class SettingTable
{
    /// <summary>
    /// A line for each: its name; who has it (<c>*</c> all clients, <c>C</c> consumers, <c>P</c> producers; with <c>T</c> also a topic on
    /// its own); its values (<c>bool</c>, <c>int</c>, <c>float</c>, <c>text</c>, or the names that there are); other names that it has.
    /// </summary>
    public const string Text = """
        acks PT 0,1,all,-1 =request.required.acks
        allow.auto.create.topics * bool
        api.version.fallback.ms * int
        api.version.request * bool
        api.version.request.timeout.ms * int
        auto.commit.enable CT bool
        auto.commit.interval.ms CT int
        auto.offset.reset CT smallest,earliest,beginning,largest,latest,end,error
        batch.num.messages P int
        batch.size P int
        bootstrap.servers * text =metadata.broker.list
        broker.address.family * any,v4,v6
        broker.address.ttl * int
        broker.version.fallback * text
        builtin.features * text
        check.crcs C bool
        client.dns.lookup * use_all_dns_ips,resolve_canonical_bootstrap_servers_only
        client.id * text
        client.rack * text
        compression.level PT int
        compression.type PT none,gzip,snappy,lz4,zstd =compression.codec
        connections.max.idle.ms * int
        consume.callback.max.messages CT int
        coordinator.query.interval.ms C int
        debug * text
        delivery.report.only.error P bool
        enable.auto.commit CT bool
        enable.auto.offset.store C bool
        enable.gapless.guarantee P bool
        enable.idempotence P bool
        enable.metrics.push * bool
        enable.partition.eof C bool
        enable.random.seed * bool
        enable.sasl.oauthbearer.unsecure.jwt * bool
        enable.ssl.certificate.verification * bool
        enabled_events * int
        fetch.error.backoff.ms C int
        fetch.max.bytes C int
        fetch.min.bytes C int
        fetch.queue.backoff.ms C int
        fetch.wait.max.ms C int
        group.id C text
        group.instance.id C text
        group.protocol C classic,consumer
        group.protocol.type C text
        group.remote.assignor C text
        heartbeat.interval.ms C int
        https.ca.location * text
        https.ca.pem * text
        internal.termination.signal * int
        isolation.level C read_uncommitted,read_committed
        linger.ms P float =queue.buffering.max.ms
        log.connection.close * bool
        log.queue * bool
        log.thread.name * bool
        log_level * int
        max.in.flight * int =max.in.flight.requests.per.connection
        max.partition.fetch.bytes C int =fetch.message.max.bytes
        max.poll.interval.ms C int
        max.poll.records C int
        message.copy.max.bytes * int
        message.max.bytes * int
        message.timeout.ms PT int =delivery.timeout.ms
        metadata.max.age.ms * int
        metadata.recovery.rebootstrap.trigger.ms * int
        metadata.recovery.strategy * none,rebootstrap
        offset.store.method CT none,file,broker
        offset.store.path CT text
        offset.store.sync.interval.ms CT int
        partition.assignment.strategy C text
        partitioner PT random,consistent,consistent_random,murmur2,murmur2_random,fnv1a,fnv1a_random
        plugin.library.paths * text
        produce.offset.report PT bool
        queue.buffering.backpressure.threshold P int
        queue.buffering.max.kbytes P int
        queue.buffering.max.messages P int
        queued.max.messages.kbytes C int
        queued.min.messages C int
        queuing.strategy PT fifo,lifo
        receive.message.max.bytes * int
        reconnect.backoff.jitter.ms * int
        reconnect.backoff.max.ms * int
        reconnect.backoff.ms * int
        request.timeout.ms PT int
        retries P int =message.send.max.retries
        retry.backoff.max.ms * int
        retry.backoff.ms * int
        sasl.kerberos.keytab * text
        sasl.kerberos.kinit.cmd * text
        sasl.kerberos.min.time.before.relogin * int
        sasl.kerberos.principal * text
        sasl.kerberos.service.name * text
        sasl.mechanism * GSSAPI,PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER =sasl.mechanisms
        sasl.oauthbearer.assertion.algorithm * RS256,ES256
        sasl.oauthbearer.assertion.claim.aud * text
        sasl.oauthbearer.assertion.claim.exp.seconds * int
        sasl.oauthbearer.assertion.claim.iss * text
        sasl.oauthbearer.assertion.claim.jti.include * bool
        sasl.oauthbearer.assertion.claim.nbf.seconds * int
        sasl.oauthbearer.assertion.claim.sub * text
        sasl.oauthbearer.assertion.file * text
        sasl.oauthbearer.assertion.jwt.template.file * text
        sasl.oauthbearer.assertion.private.key.file * text
        sasl.oauthbearer.assertion.private.key.passphrase * text
        sasl.oauthbearer.assertion.private.key.pem * text
        sasl.oauthbearer.client.credentials.client.id * text =sasl.oauthbearer.client.id
        sasl.oauthbearer.client.credentials.client.secret * text =sasl.oauthbearer.client.secret
        sasl.oauthbearer.config * text
        sasl.oauthbearer.extensions * text
        sasl.oauthbearer.grant.type * client_credentials,urn:ietf:params:oauth:grant-type:jwt-bearer
        sasl.oauthbearer.metadata.authentication.type * none,azure_imds,aws_iam
        sasl.oauthbearer.method * default,oidc
        sasl.oauthbearer.scope * text
        sasl.oauthbearer.sub.claim.name * text
        sasl.oauthbearer.token.endpoint.url * text
        sasl.password * text
        sasl.username * text
        security.protocol * plaintext,ssl,sasl_plaintext,sasl_ssl
        session.timeout.ms C int
        share.acknowledgement.mode C text
        socket.blocking.max.ms * int
        socket.connection.setup.timeout.ms * int
        socket.keepalive.enable * bool
        socket.max.fails * int
        socket.nagle.disable * bool
        socket.receive.buffer.bytes * int
        socket.send.buffer.bytes * int
        socket.timeout.ms * int
        ssl.ca.certificate.stores * text
        ssl.ca.location * text
        ssl.ca.pem * text
        ssl.certificate.location * text
        ssl.certificate.pem * text
        ssl.cipher.suites * text
        ssl.crl.location * text
        ssl.curves.list * text
        ssl.endpoint.identification.algorithm * none,https
        ssl.engine.id * text
        ssl.engine.location * text
        ssl.key.location * text
        ssl.key.password * text
        ssl.key.pem * text
        ssl.keystore.location * text
        ssl.keystore.password * text
        ssl.providers * text
        ssl.sigalgs.list * text
        statistics.interval.ms * int
        sticky.partitioning.linger.ms P int
        topic.blacklist * text
        topic.metadata.propagation.max.ms * int
        topic.metadata.refresh.fast.cnt * int
        topic.metadata.refresh.fast.interval.ms * int
        topic.metadata.refresh.interval.ms * int
        topic.metadata.refresh.sparse * bool
        transaction.timeout.ms P int
        transactional.id P text
        """;
}
