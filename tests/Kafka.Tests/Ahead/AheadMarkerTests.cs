using System.Text;
using Weir.KafkaLog.Ahead;

namespace Weir.KafkaLog.Tests.Ahead;

/// <summary>Which transactions a marker says to be written, and which lives of a job it knows of.</summary>
public sealed class AheadMarkerTests
{
    [Fact]
    public void A_marker_names_the_lives_whose_markers_it_has_taken_the_place_of()
    {
        var first = AheadMarker.Behind(Of("a", 1, 1));
        Assert.Equal((1, null), (first.Version, first.Before));
        Assert.False(first.HasReplaced("a"));
        var second = AheadMarker.Behind(Of("b", 1, 1), first);
        Assert.Equal(2, second.Version);
        Assert.Equal(["a"], second.Before);
        Assert.True(second.HasReplaced("a"));
        Assert.False(second.HasReplaced("b"));

        // As long as a life goes on, the list stays; what it finds of an earlier one is in that one's name.
        var third = AheadMarker.Behind(Of("b", 1, 2), second);
        Assert.Equal(["a"], third.Before);
        Assert.Null(AheadMarker.With(first, Of("a", 1, 2)).Before);
        Assert.Equal(["a", "b"], AheadMarker.With(third, Of("c", 1, 1)).Before);
    }

    [Fact]
    public void A_life_that_comes_back_behind_another_one_does_not_replace_itself()
    {
        var marker = AheadMarker.Behind(Of("a", 2, 1), AheadMarker.Behind(Of("b", 1, 1), AheadMarker.Behind(Of("a", 1, 1))));
        Assert.Equal(["b"], marker.Before);
    }

    [Fact]
    public void No_more_lives_are_named_than_a_few()
    {
        var marker = AheadMarker.Behind(Of("0", 1, 1));
        for (var life = 1; life < 40; life++)
        {
            marker = AheadMarker.Behind(Of($"{life}", 1, 1), marker);
        }

        Assert.Equal(Enumerable.Range(23, 16).Select(life => $"{life}"), marker.Before);
    }

    [Fact]
    public void Markers_of_the_first_form_are_read_and_written_as_before()
    {
        const string First = """{"version":1,"runId":"a","attempt":2,"number":3,"alone":[{"attempt":1,"number":9}]}""";
        var marker = AheadMarker.Of(Encoding.UTF8.GetBytes(First));
        Assert.Null(marker.Before);
        Assert.True(marker.Covers(Of("a", 1, 9)));
        Assert.Equal(First, Encoding.UTF8.GetString(marker.ToBytes()));
        Assert.Equal(["a"], AheadMarker.Of(AheadMarker.Behind(Of("b", 1, 1), marker).ToBytes()).Before);
    }

    private static AheadTransaction Of(string life, long attempt, long number) => new("job", "sink.0", life, attempt, number, 1, default);
}
