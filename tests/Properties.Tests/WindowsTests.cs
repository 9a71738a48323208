using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Windows give what their rules say, read word by word: each result once, each late record once.</summary>
public sealed class WindowsTests
{
    [Fact]
    public void Tumbling_windows() => Holds(LateCase.Of(RandomWindows.Tumbling));

    [Fact]
    public void Sliding_windows_whose_size_is_any_multiple_of_the_slide_or_none() => Holds(LateCase.Of(RandomWindows.Sliding));

    [Fact]
    public void Cumulative_windows() => Holds(LateCase.Of(RandomWindows.Cumulative));

    [Fact]
    public void Windows_of_the_calendar_in_zones_whose_clocks_are_set() => Holds(LateCase.Of(RandomWindows.Calendar));

    [Fact]
    public void Sessions() => Holds(LateCase.Of(RandomWindows.Session));

    [Fact]
    public void Windows_with_lateness_and_triggers() => Holds(LateCase.General(
        Gen.OneOf(RandomWindows.Tumbling, RandomWindows.Sliding, RandomWindows.Cumulative, RandomWindows.Calendar)));

    [Fact]
    public void Sessions_with_lateness_and_triggers() => Holds(LateCase.General(RandomWindows.Session));

    [Fact]
    public void Windows_of_so_many_records() =>
        Property.Holds(CountCase.Cases, tried => tried.Smaller(), tried => tried.Difference());

    /// <summary>Any cut into batches, any parallelism, any interleaving of inputs.</summary>
    [Fact]
    public void However_a_job_is_run_it_gives_the_same_set_of_results() =>
        Property.Holds(AnyRunCase.Of(RandomWindows.Any), tried => tried.Smaller(), tried => tried.Difference(), count: 100);

    [Fact]
    public void The_comparison_can_fail()
    {
        // A model of windows that are one longer than the product's.
        var wrong = WindowsOf.Tumbling(10, 0) with { Of = WindowsOf.Tumbling(11, 0).Of };

        Assert.ThrowsAny<Exception>(() => Holds(LateCase.Of(Gen.Constant(wrong))));
    }

    private static void Holds(Gen<LateCase> cases) => Property.Holds(cases, tried => tried.Smaller(), tried => tried.Difference());
}
