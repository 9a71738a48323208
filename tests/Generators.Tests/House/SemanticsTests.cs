using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>Each rule in <c>docs/semantics.md</c> links the code that keeps it and a test whose name carries its id.</summary>
public sealed partial class SemanticsTests
{
    private static readonly string Page = Repository.At("docs/semantics.md");

    [Fact]
    public void Every_rule_names_its_code_and_a_test_that_carries_its_id()
    {
        var rules = Rules().ToList();
        Assert.NotEmpty(rules);
        Offenders.None(
            from rule in rules
            let linked = LinksOf(rule.Columns[3]).SelectMany(file => TestsIn(file)).ToHashSet()
            from id in rule.Ids
            where !linked.Contains(id) || !LinksOf(rule.Columns[2]).Any()
            select $"{id}: its row must link code in the third column, and in the fourth a file with a test whose name carries '{id}'");
    }

    [Fact]
    public void Every_test_that_carries_the_id_of_a_rule_is_linked()
    {
        var linked = Rules().SelectMany(rule => rule.Ids).ToHashSet();
        Offenders.None(
            from file in Repository.Files("tests", "*.cs")
            from id in TestsIn(file)
            where !linked.Contains(id)
            select $"{Repository.NameOf(file)} has a test of {id}, which docs/semantics.md does not know");
    }

    [Fact]
    public void No_rule_is_told_twice() => Offenders.None(
        from id in Rules().SelectMany(rule => rule.Ids).CountBy(id => id)
        where id.Value > 1
        select id.Key);

    /// <summary>Rows of tables: ids, rule, code, test.</summary>
    private static IEnumerable<(string[] Ids, string[] Columns)> Rules() =>
        from line in File.ReadLines(Page)
        let columns = line.Split(" | ").Select(column => column.Trim('|', ' ')).ToArray()
        where columns.Length == 4 && Ids().IsMatch(columns[0])
        select (columns[0].Split(", "), columns);

    private static IEnumerable<string> LinksOf(string column) =>
        from Match link in Target().Matches(column)
        select Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Page)!, link.Groups[1].Value));

    /// <summary>The ids that the names of the tests in a file begin with: <c>R1_R8_windows_…</c>, <c>A1_to_A4_a_time_…</c>.</summary>
    private static IEnumerable<string> TestsIn(string file) =>
        from Match name in TestName().Matches(File.ReadAllText(file))
        from id in IdsIn(name.Groups[1].Value)
        select id;

    private static IEnumerable<string> IdsIn(string name)
    {
        var range = Range().Match(name);
        return range.Success
            ? Enumerable.Range(int.Parse(range.Groups[2].Value), int.Parse(range.Groups[3].Value) - int.Parse(range.Groups[2].Value) + 1)
                .Select(number => $"{range.Groups[1].Value}{number}")
            : name.Split('_').TakeWhile(part => Id().IsMatch(part));
    }

    // H with two digits is a row of the catalogue of cases, not a rule.
    [GeneratedRegex("^(?:[A-GI-KR][0-9]+|H[0-9])$")]
    private static partial Regex Id();

    [GeneratedRegex("^(?:[A-GI-KR][0-9]+|H[0-9])(?:, (?:[A-GI-KR][0-9]+|H[0-9]))*$")]
    private static partial Regex Ids();

    [GeneratedRegex("^([A-Z])([0-9]+)_to_[A-Z]([0-9]+)_")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:void|Task) ([A-Z][0-9]+_\w+)\(")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Target();
}
