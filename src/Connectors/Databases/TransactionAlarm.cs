namespace Weir.Databases;

/// <summary>Looks from time to time whether a transaction nears a limit, and tells.</summary>
/// <param name="watch">What notices.</param>
/// <param name="context">The clock, and who is told.</param>
internal sealed class TransactionAlarm(TransactionWatch watch, SinkContext context) : IAsyncDisposable
{
    private ITimer? _timer;

    /// <summary>The limits of the server are known: looks a few times within the shortest.</summary>
    public void Start(TimeLimit? idle, TimeLimit? transaction)
    {
        watch.Limits(idle, transaction);
        _timer ??= context.Time.CreateTimer(_ => Look(), null, watch.Period, watch.Period);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Look()
    {
        foreach (var warning in watch.Look(context.Time.GetElapsedTime(0)))
        {
            context.Warn(warning);
        }
    }
}
