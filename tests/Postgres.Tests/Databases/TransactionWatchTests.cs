using Weir.Databases;

namespace Weir.PostgreSql.Tests.Databases;

public sealed class TransactionWatchTests
{
    private readonly TransactionWatch _watch = new(TimeSpan.FromMinutes(10), "table t");

    [Fact]
    public void Half_of_the_idle_limit_without_a_row_is_told_of_once()
    {
        _watch.Limits(Limit(60), null);
        _watch.Begun(At(0));
        _watch.Sent(At(20));
        Assert.Empty(_watch.Look(At(49)));
        Assert.Equal(
            "The open transaction for table t has been idle for 30 s, and the server ends it after 1 min "
                + "(some_timeout): the job would go back to its newest checkpoint then. Take checkpoints more often, or raise the limit: "
                + "SET some_timeout.",
            Assert.Single(_watch.Look(At(50))));
        Assert.Empty(_watch.Look(At(59)));
        _watch.Ended();
        _watch.Begun(At(60));
        Assert.Empty(_watch.Look(At(89)));
        Assert.Single(_watch.Look(At(90)));
    }

    [Fact]
    public void Half_of_the_limit_of_a_transaction_is_told_of_however_busy_it_is()
    {
        _watch.Limits(null, Limit(1800));
        _watch.Begun(At(0));
        _watch.Sent(At(899));
        Assert.Empty(_watch.Look(At(899)));
        Assert.Contains("has lasted for 15 min", Assert.Single(_watch.Look(At(900))), StringComparison.Ordinal);
    }

    [Fact]
    public void Prepared_transactions_that_wait_for_long_are_told_of_once_each()
    {
        _watch.Prepared("a", At(0));
        _watch.Prepared("b", At(60));
        _watch.Prepared("c", At(120));
        _watch.Committed("b");
        Assert.Empty(_watch.Look(At(599)));
        Assert.Contains("'a'", Assert.Single(_watch.Look(At(600))), StringComparison.Ordinal);
        Assert.Empty(_watch.Look(At(719)));
        Assert.Contains("'c'", Assert.Single(_watch.Look(At(720))), StringComparison.Ordinal);
        Assert.Empty(_watch.Look(At(10_000)));
    }

    [Fact]
    public void No_transaction_no_warning()
    {
        _watch.Limits(Limit(1), Limit(1));
        Assert.Empty(_watch.Look(At(10_000)));
        _watch.Begun(At(10_000));
        _watch.Ended();
        Assert.Empty(_watch.Look(At(20_000)));
    }

    [Fact]
    public void It_looks_a_few_times_within_the_shortest_limit()
    {
        Assert.Equal(TimeSpan.FromMinutes(1), _watch.Period);
        _watch.Limits(Limit(8), null);
        Assert.Equal(TimeSpan.FromSeconds(1), _watch.Period);
        _watch.Limits(Limit(8), Limit(0.001));
        Assert.Equal(TimeSpan.FromMilliseconds(50), _watch.Period);
    }

    private static TimeLimit Limit(double seconds) => new(TimeSpan.FromSeconds(seconds), "some_timeout", "SET some_timeout");

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
