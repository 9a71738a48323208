namespace Weir.KafkaLog.Transactions;

/// <summary>What to do about the age of a transaction.</summary>
internal enum AgeAdvice
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Take a checkpoint now: its commit ends the transaction.</summary>
    Checkpoint,

    /// <summary>Tell somebody: the broker will soon give the transaction up.</summary>
    Alarm,
}

/// <summary>
/// Looks after the age of the open transaction: one that is older than half of its time-out asks for a checkpoint, once; one that is older
/// than four fifths tells of it, once.
/// </summary>
internal sealed class TransactionWatch : IDisposable
{
    private const int LooksInTimeout = 50;

    private readonly ArbiterContext _context;
    private readonly TimeSpan _limit;
    private readonly string _servers;
    private readonly Func<TimeSpan?> _age;
    private readonly ITimer _timer;
    private AgeAdvice _given;
    private TimeSpan _last;
    private volatile bool _isOver;

    /// <summary>Begins to look.</summary>
    /// <param name="context">The job.</param>
    /// <param name="limit">After how long the broker gives a transaction up.</param>
    /// <param name="servers">Where, for messages.</param>
    /// <param name="age">How old the open transaction is; null if none is open.</param>
    public TransactionWatch(ArbiterContext context, TimeSpan limit, string servers, Func<TimeSpan?> age)
    {
        (_context, _limit, _servers, _age) = (context, limit, servers, age);
        _timer = context.Time.CreateTimer(_ => Look(), null, limit / LooksInTimeout, limit / LooksInTimeout);
    }

    /// <summary>Gets where.</summary>
    public string Servers => _servers;

    /// <summary>Gets after how long the broker gives a transaction up.</summary>
    public TimeSpan Limit => _limit;

    /// <summary>Gets how old the open transaction is; null if none is open.</summary>
    public TimeSpan? Age => _isOver ? null : _age();

    /// <summary>What an age means. Pure.</summary>
    public static AgeAdvice Judge(TimeSpan age, TimeSpan limit) =>
        age > limit * 0.8 ? AgeAdvice.Alarm : age > limit * 0.5 ? AgeAdvice.Checkpoint : AgeAdvice.None;

    /// <summary>Says that a transaction is near its time-out, and what helps.</summary>
    public string Complaint(TimeSpan age) =>
        $"The transaction of job '{_context.Job}' at Kafka {_servers} has been open for {age.TotalSeconds:F0} s, and the broker "
            + $"gives it up after {_limit.TotalSeconds:F0} s: then all since the newest checkpoint is written again. Checkpoints "
            + "do not complete, or take too long: their events say why. More time gives KafkaWriteOptions.TransactionTimeout.";

    public void Dispose()
    {
        _isOver = true;
        _timer.Dispose();
    }

    // Timers call it one after another, as long as it is quick.
    private void Look()
    {
        var age = _age() ?? TimeSpan.Zero;
        if (age < _last)
        {
            _given = AgeAdvice.None;
        }

        _last = age;
        var advice = Judge(age, _limit);
        if (advice <= _given)
        {
            return;
        }

        if (_given < AgeAdvice.Checkpoint)
        {
            _context.RequestCheckpoint();
        }

        _given = advice;
        if (advice == AgeAdvice.Alarm)
        {
            _context.Alarm(Complaint(age));
        }
    }
}
