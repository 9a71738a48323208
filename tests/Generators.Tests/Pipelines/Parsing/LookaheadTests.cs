using System.Diagnostics.CodeAnalysis;
using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines.Parsing;

/// <summary>A loop reads the key of a later record only where nobody can notice.</summary>
public sealed class LookaheadTests
{
    private const string Head = "job.From(source).WithEventTime(r => r.Time, TimeSpan.Zero)";

    [Theory]
    [InlineData("r => r.Id")]
    [InlineData("(r) => (r.Id)")]
    [InlineData("r => r.Colour")]
    [InlineData("r => r.Day")]
    [InlineData("r => r.Place.Row")]
    [InlineData("r => r.Stored")]
    public void The_keys_of_later_records_are_read_where_they_are_stored(string key) =>
        Assert.Equal(2, Uses($"{Head}.Where(r => r.Id > 1).KeyBy({key})"));

    [Theory]
    [InlineData("r => r.Computed")]
    [InlineData("r => r.Text")]
    [InlineData("r => r.Site.Row")]
    [InlineData("r => r.Id + 1")]
    [InlineData("r => (long)r.Id")]
    [InlineData("r => r.Next()")]
    [InlineData("r => Reading.Limit")]
    [InlineData("r => { return r.Id; }")]
    [InlineData("Reading.KeyOf")]
    public void Keys_that_are_computed_fail_or_cost_more_are_not(string key) =>
        Assert.Equal(0, Uses($"{Head}.KeyBy({key})"));

    [Theory]
    [InlineData("Select(r => r with { Id = 1 })")]
    [InlineData("SelectMany(r => new[] { r })")]
    public void Keys_of_records_that_the_loop_makes_itself_are_not_but_those_behind_an_exchange_are(string verb) =>
        Assert.Equal(1, Uses($"job.From(source).{verb}.WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Id)"));

    [Theory]
    [InlineData("r => r.Time", "panes.Fetch(Runtime.State.KeyHash.Of(ahead.Id, seed), ahead.Time);")]
    [InlineData("r => r.Time + 1", "panes.Fetch(Runtime.State.KeyHash.Of(ahead.Id, seed), time);")]
    public void The_times_of_later_records_are_read_where_they_are_stored(string time, string fetch) =>
        Assert.Contains(fetch, Text($"job.From(source).WithEventTime({time}, TimeSpan.Zero).KeyBy(r => r.Id)"));

    // Of two loops: one from the source on, one behind the exchange.
    private static int Uses([StringSyntax("c#-test")] string keyed) => Text(keyed).Split(".Lookahead.Records").Length - 1;

    private static string Text([StringSyntax("c#-test")] string keyed)
    {
        var compilation = Compile.Source($$"""
            using Weir;

            public enum Colour { Red }

            public struct Place { public int Row; }

            public sealed class Site { public int Row; }

            public sealed record Reading(int Id, long Time, string Text, Colour Colour, DateOnly Day, Place Place, Site Site)
            {
                public static int Limit = 3;

                public int Stored { get; init; }

                public int Computed => Text.Length;

                public static int KeyOf(Reading reading) => reading.Id;

                public int Next() => Id;
            }

            public static class P
            {
                [Pipeline]
                public static void Define(Job job, ISource<Reading> source, ISink<int> sink) =>
                    {{keyed}}.Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(g => g.Count()).To(sink);
            }
            """);
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        var text = compilation.Run(new PipelineGenerator()).Text();
        Assert.Equal(3, text.Split("owner.Find(key, hash, time)").Length);
        return text;
    }
}
