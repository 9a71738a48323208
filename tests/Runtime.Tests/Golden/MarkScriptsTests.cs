namespace Weir.Runtime.Tests.Golden;

/// <summary>Watermarks against what Flink's own operators made of the same scripts.</summary>
public sealed class MarkScriptsTests
{
    private const string File = "g-watermarks";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_lane_promises_what_a_generator_of_Flink_does(bool crash) =>
        Assert.NotEqual(0, GoldenPlay.All(File, test => new MarkGenerator(test), crash, "watermark/generator"));

    [Fact]
    public void Lanes_are_combined_as_Flinks_multiplexer_does_it() =>
        Assert.NotEqual(0, GoldenPlay.All(File, _ => new MarkMultiplexer(), crash: false, "watermark/multiplexer"));

    [Fact]
    public void Channels_are_combined_as_Flinks_valve_does_it() =>
        Assert.NotEqual(0, GoldenPlay.All(File, test => new MarkValve(test), crash: false, "watermark/valve"));

    [Fact]
    public void Event_times_and_watermarks_at_an_interval_are_those_of_Flinks_operator() =>
        Assert.NotEqual(0, GoldenPlay.All(File, test => new MarkOperator(test), crash: false, "watermark/operator"));
}
