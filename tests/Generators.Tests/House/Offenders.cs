namespace Weir.Generators.Tests.House;

/// <summary>Who breaks a rule of the house: all of them are named, for whoever has to mend them.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> offenders)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, $"{all.Count} break the rule:\n{string.Join('\n', all)}");
    }
}
