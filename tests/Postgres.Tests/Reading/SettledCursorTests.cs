using Weir.PostgreSql.Reading;

namespace Weir.PostgreSql.Tests.Reading;

public sealed class SettledCursorTests
{
    private readonly SettledCursor _settled = new();

    [Fact]
    public void A_table_that_nobody_writes_to_may_be_read_at_once()
    {
        _settled.Saw(7, []);
        Assert.Equal(7, _settled.UpTo);
        Assert.False(_settled.IsWaiting);
    }

    [Fact]
    public void Behind_a_restart_of_the_server_a_number_waits_for_all_who_write_then()
    {
        _settled.Saw(7, ["3/4"]);
        _settled.LoseNames();
        _settled.Now(new HashSet<string> { "-1/730" });
        Assert.True(_settled.IsWaiting);
        _settled.Now(new HashSet<string> { "-1/730", "5/1" });
        Assert.True(_settled.IsWaiting);
        _settled.Now(new HashSet<string> { "5/1" });
        Assert.Equal(7, _settled.UpTo);
    }

    [Fact]
    public void A_number_waits_for_all_who_wrote_when_it_was_seen_and_for_nobody_who_came_later()
    {
        _settled.Saw(7, ["3/1", "4/1"]);
        _settled.Now(new HashSet<string> { "3/1", "5/9" });
        Assert.True(_settled.IsWaiting);
        Assert.Equal(long.MinValue, _settled.UpTo);
        _settled.Now(new HashSet<string> { "3/2", "4/1", "5/9" });
        Assert.False(_settled.IsWaiting);
        Assert.Equal(7, _settled.UpTo);
    }
}
