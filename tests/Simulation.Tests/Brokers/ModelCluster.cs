using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>The broker as the arbiter of one process sees it: each call may fail, or be the process's last.</summary>
internal sealed class ModelCluster(ModelBroker broker, ProcessFiles? process) : ITransactionLog
{
    public string Servers => "model:9092";

    public string TransactionalId => "weir.stages.tx";

    public string ProgressTopic => "weir.stages.progress";

    public ITransactionProducer Open() => new ModelProducer(broker, process);

    public ProgressRecord? ReadProgress(CancellationToken cancellation)
    {
        var (progress, isLate) = Call(process, "read progress", broker.ReadProgress);
        if (isLate)
        {
            process?.Blame();
            throw new KafkaClientException("A transaction of somebody else stays open.", KafkaError.Of(ErrorCodes.TimedOut));
        }

        return progress;
    }

    /// <summary>Reads what is committed in front of the transaction of somebody else.</summary>
    public ProgressRecord? ReadStableProgress() => Call(process, "read progress", () => broker.StableProgress);

    /// <summary>A call that changes nothing: time passes.</summary>
    public void Ask() => _ = Call(process, "ask", () => 0);

    public static T Call<T>(ProcessFiles? process, string what, Func<T> call) =>
        process is null ? call() : process.Call(what, ModelBroker.Directory, call);
}

/// <summary>A producer: what is written waits in the process until it is sent.</summary>
internal sealed class ModelProducer(ModelBroker broker, ProcessFiles? process) : ITransactionProducer
{
    private readonly List<string> _rows = [];
    private readonly List<ProgressRecord> _progress = [];
    private long _epoch;

    public void Write(IEnumerable<string> rows) => _rows.AddRange(rows);

    /// <summary>Sends what waits.</summary>
    public KafkaError? Flush() => Answer("send", () =>
    {
        var error = broker.Send(_epoch, _rows, _progress);
        _rows.Clear();
        _progress.Clear();
        return error;
    }) is { } failed ? failed with { IsRetriable = false, RequiresAbort = !failed.IsFatal } : null;

    public KafkaError? Init(TimeSpan timeout) => Answer("init", () =>
    {
        _epoch = broker.Init();
        return null;
    });

    public KafkaError? Begin() => null;

    public KafkaError? WriteProgress(ProgressRecord progress)
    {
        _progress.Add(progress);
        return null;
    }

    public KafkaError? Commit(TimeSpan timeout) =>
        _rows.Count + _progress.Count > 0 && Flush() is { } lost ? lost : Answer("commit", () => broker.Commit(_epoch));

    public KafkaError? Abort(TimeSpan timeout)
    {
        _rows.Clear();
        _progress.Clear();
        return Answer("abort", () =>
        {
            broker.Abort(_epoch);
            return null;
        });
    }

    public void Dispose()
    {
    }

    // A call that fails may have been carried out: it is asked for again.
    private KafkaError? Answer(string what, Func<KafkaError?> call)
    {
        try
        {
            var error = ModelCluster.Call(process, what, call);
            if (error is { IsFatal: true })
            {
                process?.Blame();
            }

            return error;
        }
        catch (IOException failure)
        {
            return new KafkaError(ErrorCodes.TimedOut, failure.Message, IsRetriable: true);
        }
    }
}
