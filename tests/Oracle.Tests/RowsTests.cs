namespace Weir.Oracle.Tests;

/// <summary>The comparison itself can fail, and says how.</summary>
public sealed class RowsTests
{
    [Fact]
    public void A_difference_names_each_row_as_often_as_it_is_missing()
    {
        List<string> sql = ["a", "b", "b", "c"];
        List<string> weir = ["b", "c", "c", "d"];

        var difference = Rows.Difference(sql, weir);

        Assert.Contains("2 only by SQL:\n  a\n  b\n", difference, StringComparison.Ordinal);
        Assert.EndsWith("2 only by Weir:\n  c\n  d", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_and_a_time_have_one_text_whatever_type_an_engine_gives_them()
    {
        var row = Rows.Of(new { Count = 3, Mean = 0.1 + 0.2, At = DateTime.SpecifyKind(new DateTime(2001, 3, 25), DateTimeKind.Utc) });

        Assert.Equal(Rows.Text([3L, 0.30000000000000004, new DateTime(2001, 3, 25)]), row);
        Assert.NotEqual(Rows.Text([3L, 0.3, new DateTime(2001, 3, 25)]), row);
    }
}
