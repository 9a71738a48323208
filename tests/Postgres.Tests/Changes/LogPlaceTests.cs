using Weir.PostgreSql.Changes;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>How far a log has been taken in, without a server.</summary>
public sealed class LogPlaceTests
{
    private readonly LogPlace _place = new(new Offset(50));

    [Fact]
    public void Between_transactions_it_follows_the_log_and_within_one_it_does_not()
    {
        _place.FollowTo(70);
        Assert.Equal(new Offset(70), _place.Offset);
        _place.Take(new Offset(90) { Within = 1 });
        _place.FollowTo(95);
        Assert.Equal(new Offset(90) { Within = 1 }, _place.Offset);
        _place.Take(new Offset(100));
        _place.FollowTo(0);
        Assert.Equal(new Offset(100), _place.Offset);
    }

    [Fact]
    public void It_does_not_go_back_behind_what_a_checkpoint_may_have_confirmed_when_the_next_transaction_begins_to_come()
    {
        _place.FollowTo(100);

        // The transaction waits in the buffer: the log is not followed now.
        Assert.Equal(new Offset(100), _place.Offset);
        _place.Take(new Offset(120) { Within = 1 });
        Assert.Equal(new Offset(120) { Within = 1 }, _place.Offset);
    }

    [Fact]
    public void A_new_connection_asks_from_what_was_fetched_or_from_what_was_confirmed_behind_that()
    {
        var fetched = new Offset(90) { Within = 7 };
        Assert.Equal(fetched, LogPlace.Resume(fetched, 0));
        Assert.Equal(fetched, LogPlace.Resume(fetched, 90));
        Assert.Equal(new Offset(100), LogPlace.Resume(new Offset(90), 100));
    }
}
