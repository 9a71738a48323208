namespace Weir.Execution.Tests.Pipelines;

/// <summary>Equal keys are one group, as LINQ groups them, whatever their bits: compiled and interpreted, alone and in three.</summary>
public sealed class EqualKeysTests
{
    private static readonly decimal[] Prices = [1m, 1.0m, 1.00m, 0m, -0.0m, 2.5m, 2.50m];

    private static readonly double[] Values =
        [0.0, -0.0, double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0001), 1, 1];

    // The second and the third are an emoji that was cut in two, as by a Substring.
    private static readonly string[] Names = ["a", "b\uD83D", "b\uDE00", "b\uFFFD", "b\uD83D\uDE00", "", "b"];

    [Fact]
    public Task Decimals_of_different_scale() => Agree<decimal>(EqualKeyPipelines.Decimals, r => r.Price);

    [Fact]
    public Task Zeros_of_different_sign_and_all_that_is_no_number() => Agree<double>(EqualKeyPipelines.Doubles, r => r.Value);

    [Fact]
    public Task The_same_in_single_precision() => Agree<float>(EqualKeyPipelines.Floats, r => r.Small);

    [Fact]
    public Task One_moment_at_different_offsets() => Agree<DateTimeOffset>(EqualKeyPipelines.Moments, r => r.Moment);

    [Fact]
    public Task Times_of_different_kind() => Agree<DateTime>(EqualKeyPipelines.Days, r => r.Day);

    [Fact]
    public Task Within_tuples() => Agree<(double, decimal)>(EqualKeyPipelines.Tuples, r => (r.Value, r.Price));

    [Fact]
    public Task Within_records() => Agree<Tag>(EqualKeyPipelines.Records, r => new Tag(r.Price, "tag"));

    [Fact]
    public Task Within_what_may_be_null() => Agree<decimal?>(EqualKeyPipelines.Optional, r => r.Price);

    [Fact]
    public Task Texts_that_differ_in_half_a_character_only_are_different() => Agree<string>(EqualKeyPipelines.Texts, r => r.Name);

    private static async Task Agree<TKey>(Action<Job, ISource<Twin>, ISink<Group<TKey>>> define, Func<Twin, TKey> key)
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, 700).Select(i => new Twin(
            i,
            Prices[i % 7],
            Values[i % 7],
            (float)Values[i % 7],
            new DateTimeOffset(start.AddHours(i % 5).Ticks, TimeSpan.FromHours(i % 5)),
            DateTime.SpecifyKind(start, (DateTimeKind)(i % 3)),
            Names[i % 7])).ToList();
        var expected = rows.GroupBy(key).ToDictionary(group => (object?)group.Key ?? "", group => group.Count());
        foreach (var (parallelism, interpreted) in new[] { (1, false), (1, true), (3, false), (3, true) })
        {
            var (groups, _) = await BothWays.Run(define, rows, parallelism, 16, interpreted);
            Assert.Equal(expected.Count, groups.Count);
            Assert.All(groups, group => Assert.Equal(expected[(object?)group.Key ?? ""], group.Count));
        }
    }
}
