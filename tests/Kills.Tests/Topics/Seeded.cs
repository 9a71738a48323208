using System.Globalization;

namespace Weir.Kills.Tests.Topics;

/// <summary>Says first of all which seed it has: a run that hangs is repeated by it.</summary>
public abstract class Seeded(ITestOutputHelper output)
{
    /// <summary>Gets whether the long forms of tests are wanted, which take minutes.</summary>
    protected static bool IsLong => Number("WEIR_KAFKA_LONG") is > 0;

    protected ITestOutputHelper Output => output;

    protected static void SkipUnlessLong() => Assert.SkipUnless(IsLong, "WEIR_KAFKA_LONG=1 is not set: it takes a minute or two.");

    protected int Seed()
    {
        var seed = Number("WEIR_KAFKA_SEED") ?? Random.Shared.Next();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kafka seed {seed}"));
        return seed;
    }

    protected static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
