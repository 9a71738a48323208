using Weir.Databases;

namespace Weir.PostgreSql.Tests.Databases;

public sealed class PieceSizeTests
{
    [Fact]
    public void Pieces_grow_to_twice_their_size_while_the_server_is_quick()
    {
        var size = PieceSize.Initial.After(1024, TimeSpan.FromMilliseconds(1));
        Assert.Equal(2048, size.Rows);
        for (var i = 0; i < 10; i++)
        {
            size = size.After(size.Rows, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(PieceSize.Most, size.Rows);
    }

    [Fact]
    public void A_slow_server_is_given_what_it_takes_in_50_ms()
    {
        Assert.Equal(1000, new PieceSize(16_000).After(16_000, TimeSpan.FromMilliseconds(800)).Rows);
        Assert.Equal(PieceSize.Least, new PieceSize(16_000).After(16_000, TimeSpan.FromMinutes(1)).Rows);
    }

    [Fact]
    public void No_time_at_all_is_no_division_by_zero() => Assert.Equal(2048, PieceSize.Initial.After(1, TimeSpan.Zero).Rows);
}
