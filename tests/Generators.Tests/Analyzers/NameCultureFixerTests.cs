using Weir.Analyzers.Determinism;
using Weir.CodeFixes;

namespace Weir.Generators.Tests.Analyzers;

public sealed class NameCultureFixerTests
{
    [Theory]
    [InlineData("{|WEIR1005:t.Price.ToString()|}", "t.Price.ToString(System.Globalization.CultureInfo.InvariantCulture)")]
    [InlineData("{|WEIR1005:t.Price.ToString(\"F2\")|}", "t.Price.ToString(\"F2\", System.Globalization.CultureInfo.InvariantCulture)")]
    [InlineData(
        "{|WEIR1005:double.Parse(/* text */ t.Name)|}",
        "double.Parse(/* text */ t.Name, System.Globalization.CultureInfo.InvariantCulture)")]
    [InlineData("{|WEIR1005:t.Name.ToUpper()|} + 1", "t.Name.ToUpperInvariant() + 1")]
    [InlineData("{|WEIR1005:t.Name.StartsWith(\"a\")|}", "t.Name.StartsWith(\"a\", StringComparison.Ordinal)")]
    [InlineData("{|WEIR1005:string.Compare(t.Name, \"a\")|}", "string.Compare(t.Name, \"a\", StringComparison.Ordinal)")]
    [InlineData("{|WEIR1005:t.Names.OrderBy(n => n)|}.First()", "t.Names.OrderBy(n => n, StringComparer.Ordinal).First()")]
    [InlineData("t.Name\r\n            .{|WEIR1005:ToLower|}() // why\r\n", "t.Name\r\n            .ToLowerInvariant() // why\r\n")]
    [InlineData(
        "$\"{|WEIR1005:{t.Price}|} of {t.Name}\" // why\r\n",
        "string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{t.Price} of {t.Name}\") // why\r\n")]
    [InlineData(
        "t.Name + /* two */ $@\"a\r\n{|WEIR1005:{t.Price:F2}|}\".Trim()",
        "t.Name + /* two */ string.Create(System.Globalization.CultureInfo.InvariantCulture, $@\"a\r\n{t.Price:F2}\").Trim()")]
    [InlineData(
        "t.Name + {|WEIR1005:t.Price|} // why\r\n",
        "t.Name + t.Price.ToString(System.Globalization.CultureInfo.InvariantCulture) // why\r\n")]
    [InlineData(
        "{|WEIR1005:((FormattableString)$\"{t.Price}\").ToString()|}",
        "((FormattableString)$\"{t.Price}\").ToString(System.Globalization.CultureInfo.InvariantCulture)")]
    [InlineData(
        "t.Name + {|WEIR1005:-t.Price|}",
        "t.Name + (-t.Price).ToString(System.Globalization.CultureInfo.InvariantCulture)")]
    public async Task The_invariant_culture_is_named_and_nothing_else_changes(string before, string after) =>
        await CodeFixTest.Verify<DeterminismAnalyzer, NameCultureFixer>(Class(before), Class(after));

    [Theory]
    [InlineData("{|WEIR1005:System.Globalization.CultureInfo.CurrentCulture|}.Name")]
    public async Task Nothing_is_offered_where_no_overload_takes_one(string code) =>
        await CodeFixTest.Verify<DeterminismAnalyzer, NameCultureFixer>(Class(code), Class(code));

    private static string Class(string expression) => $$"""
        using System;
        using System.Linq;
        using Weir;
        public sealed record Trade(double Price, string Name, string[] Names);
        public static class P
        {
            public static void Define(Stream<Trade> trades) => trades.Select(t => {{expression}});
        }
        """;
}
