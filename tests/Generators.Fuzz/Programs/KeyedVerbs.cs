namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random verbs over a stream <c>timed</c> that keep state by key, or lead records together and apart, down to a sink.</summary>
internal sealed class KeyedVerbs(Expressions expressions, Bodies bodies, string record)
{
    private readonly Aggregates _aggregates = new(expressions, bodies);

    /// <summary>Gets a value indicating whether no record may be late: which are, would depend on how lanes run.</summary>
    public bool MustBeOnTime { get; private set; }

    /// <summary>Statements that take the stream to the sink.</summary>
    public string Branch(int number)
    {
        var key = StreamKey.Any(expressions);
        var keyed = $"timed.KeyBy({key.Lambda})";
        var c = record == "Row" ? "?" : "";
        return expressions.Next(16) switch
        {
            0 => $"{keyed}.Aggregate(g => Show.Of((g.Key, {_aggregates.Result(1)}))).To(sink);",
            1 => $"{keyed}.Reduce((a, b) => b with {{ A = unchecked((a.A * 3) + b.A) }}).Select(r => Show.Of((r.S, r.A))).To(sink);",
            2 => $"{keyed}.Aggregate(new Totalled<{record}>(MergeOrder.{expressions.Any("Any", "Arrival", "None")}, r => r.A), "
                + "(key, sum) => Show.Of((key, sum))).To(sink);",
            3 => $"timed.Select(r => {expressions.Any("r.A", "r.S", "r.N", "(r.A, r.S)", "r.C", "r.Q")}).Distinct()"
                + ".Select(x => Show.Of(x)).To(sink);",
            4 => $"{keyed}.DistinctBy({bodies.Lambda(expressions.Any("int", "string", "bool", "int?"), 1)})"
                + ".Select(r => Show.Of(r.Id)).To(sink);",
            5 => $"{keyed}.Deduplicate({StreamWindows.Micros(expressions, 1, 900_000)}).Select(r => Show.Of(r.Id)).To(sink);",
            6 => $"{keyed}.TopN({1 + expressions.Next(3)}, r => r.{expressions.Any("A", "B", "S")})"
                + $".Select(c => Show.Of((c.HasOld, c.Old{c}.Id, c.HasNew, c.New{c}.Id))).To(sink);",
            7 => $"{keyed}.Lag({expressions.Any("", "2, ", "3, ")}(then, now) => Show.Of((now.Id, now.A - then.A))).To(sink);",
            8 => $"{keyed}.Lag({expressions.Any("", "2")}).Select(c => Show.Of((c.HasOld, c.Old{c}.Id, c.New{c}.Id))).To(sink);",
            9 or 10 => Watched(number, keyed, key),
            11 => $"timed.Where(r => r.A > 0).WithParallelism(1).KeyBy({key.Lambda})"
                + $".Connect(timed.Where({bodies.Lambda("bool", 1)}).WithParallelism(1).KeyBy({key.Lambda}))"
                + $".Process(() => new Met<{record}, {key.Type}>(r => r.A)).To(sink);",
            12 => $"timed.Split({bodies.Lambda("bool", 1)}, out var rest{number}){Together()}\r\n"
                + $"            rest{number}{Together()}",
            13 => "timed.Where(r => r.A > 0)"
                + $".Union(timed.Where({bodies.Lambda("bool", 1)}).Select(r => r with {{ A = -r.A }})){Together()}",
            14 => $"timed.Select(r => r.Arr).Flatten(){expressions.Any("", ".Rebalance()", ".Distinct()", ".Broadcast().Distinct()")}"
                + ".Select(n => Show.Of(n)).To(sink);",
            _ => $"timed.{expressions.Any("Rebalance()", "Partition((r, n) => (r.A & 7) % n)")}{Together()}",
        };
    }

    // What any order of records leaves as it is: they have been apart.
    private string Together()
    {
        MustBeOnTime = true;
        return expressions.Next(3) switch
        {
            0 => ".Select(r => Show.Of(r.Id)).To(sink);",
            1 => ".KeyBy(r => r.C).Window(Tumbling.Of(TimeSpan.FromMilliseconds(700)))"
                + ".Aggregate(g => Show.Of((g.Key, g.Window.EndTime, g.Count(), g.Sum(r => r.A), g.Max(r => r.B)))).To(sink);",
            _ => $".KeyBy(r => r.C).Window(SessionWindow.WithGap({StreamWindows.Micros(expressions, 50_000, 400_000)}))"
                + ".Aggregate(g => Show.Of((g.Key, g.Window.EndTime, g.Count(), g.Min(r => r.A)))).To(sink);",
        };
    }

    private string Watched(int number, string keyed, StreamKey key)
    {
        var type = $"Watched<{record}, {key.Type}>";
        return $$"""
            var told{{number}} = {{keyed}}.Process(() => new {{type}}({{bodies.Lambda("int", 1)}}, {{1 + expressions.Next(700)}}));
                        told{{number}}.To(sink);
                        told{{number}}.Side({{type}}.Seldom).Select(n => $"seldom {n}").To(sink);
            """;
    }
}
