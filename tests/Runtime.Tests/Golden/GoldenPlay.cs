using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Runtime.Tests.Golden;

/// <summary>Plays the scripts of a file, compares step by step, and tells of each group how many were played.</summary>
internal static class GoldenPlay
{
    private const int MostShown = 12;

    /// <summary>Plays all cases of a file; fails with the first few differences. Reports what was played, by group.</summary>
    /// <param name="file">The file, without its ending.</param>
    /// <param name="make">Makes the operator of a case.</param>
    /// <param name="crash">Whether the operator is restored before every step.</param>
    /// <param name="group">What the group of a case begins with; empty for all.</param>
    /// <returns>The number of cases played.</returns>
    public static int All(string file, Func<GoldenCase, IGoldenOperator> make, bool crash, string group = "")
    {
        var differences = new List<(GoldenCase Case, string What)>();
        var groups = new SortedDictionary<string, (int Played, int Different)>(StringComparer.Ordinal);
        foreach (var test in GoldenFile.Read(file).Where(test => test.Group.StartsWith(group, StringComparison.Ordinal)))
        {
            var difference = DifferenceOf(test, make, crash);
            var (played, different) = groups.GetValueOrDefault(test.Group);
            groups[test.Group] = (played + 1, different + (difference is null ? 0 : 1));
            if (difference is not null)
            {
                differences.Add((test, difference));
            }
        }

        var report = Report(file, groups, differences);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(differences.Count == 0, report);
        return groups.Values.Sum(counts => counts.Played);
    }

    /// <summary>Plays one case.</summary>
    /// <returns>The first difference; null if there is none.</returns>
    public static string? DifferenceOf(GoldenCase test, Func<GoldenCase, IGoldenOperator> make, bool crash)
    {
        IGoldenOperator? played = null;
        for (var step = 0; step < test.Steps; step++)
        {
            string came;
            try
            {
                played ??= make(test);
                if (crash && step > 0)
                {
                    played.Restore();
                }

                came = GoldenText.Came(test, played.Take(test.Script[step]));
            }
            catch (Exception failure) when (failure is not InvariantException and not JsonException)
            {
                came = $"{GoldenText.Error} {failure.GetType().Name}: {failure.Message}";
            }

            var expected = GoldenText.Expected(test, step);
            if (expected.Contains(GoldenText.Error, StringComparison.Ordinal) && came.Contains(GoldenText.Error, StringComparison.Ordinal))
            {
                return null;
            }

            var wrong = came != expected ? $"expected {expected}\n    but came {came}" : played?.Check(test, step);
            if (wrong is not null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"step {step}, {test.Script[step].GetRawText()}: {wrong}");
            }
        }

        return null;
    }

    private static string Report(
        string file,
        SortedDictionary<string, (int Played, int Different)> groups,
        List<(GoldenCase Case, string What)> differences)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file}: {groups.Values.Sum(counts => counts.Played)} scripts, ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{differences.Count} of them different");
        foreach (var (group, (played, different)) in groups)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{played,6} {group}{(different == 0 ? "" : $", {different} different")}");
        }

        foreach (var (test, what) in differences.Take(MostShown))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{test.Id} {test.Group} {test.Operator.GetRawText()}\n  {what}");
        }

        return text.ToString();
    }
}
