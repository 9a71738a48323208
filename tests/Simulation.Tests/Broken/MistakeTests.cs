using System.Diagnostics;
using System.Globalization;

namespace Weir.Simulation.Tests.Broken;

/// <summary>A check that cannot fail is worth nothing: what is broken on purpose must be found.</summary>
public sealed class MistakeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Mistakes => [.. Mistake.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_found_within_a_minute(string mistake)
    {
        var made = Mistake.All.Single(one => one.Name == mistake);
        var watch = Stopwatch.StartNew();
        for (var seed = made.First; watch.Elapsed < Minute; seed++)
        {
            if (Testing.Simulation.Run(made.ScenarioOf(seed), seed).Failure is { } found)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{mistake}: found by seed {seed}, after {watch.Elapsed.TotalSeconds:N2} s. {found.Split('\n')[0]}"));
                return;
            }
        }

        Assert.Fail($"Nobody has found within a minute that {mistake}.");
    }
}
