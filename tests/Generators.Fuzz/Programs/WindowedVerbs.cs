namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random windows over a stream <c>timed</c>, with all that can be said of them, down to a sink.</summary>
internal sealed class WindowedVerbs(Expressions expressions, Bodies bodies, string record)
{
    // Whether they depend on order does not matter: the records of a key come in the order of the one lane.
    private readonly Aggregates _aggregates = new(expressions, bodies);

    /// <summary>Gets a value indicating whether results depend on where the watermark stands between two records.</summary>
    public bool DependsOnWatermarks { get; private set; }

    /// <summary>Gets a value indicating whether time has to run on by days.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>Statements that take windows of the stream to the sink.</summary>
    public string Branch(int number)
    {
        var windows = StreamWindows.Any(expressions, record);
        IsSlow |= windows.Form == StreamWindowsForm.OfDays;
        var isAll = !windows.IsOfRecord && expressions.Chance(15);
        var key = isAll ? StreamKey.None : StreamKey.Any(expressions);
        var filter = expressions.Chance(30) ? $".Where({bodies.Lambda("bool", 1)}).WithParallelism(1)" : "";
        var text = $"timed{filter}{(isAll ? $".WindowAll({windows.Text})" : $".KeyBy({key.Lambda}).Window({windows.Text})")}";
        var isCounted = windows.Form == StreamWindowsForm.Counted;
        if (!isCounted && expressions.Chance(65))
        {
            text += Trigger(windows.Form) + (expressions.Chance(20) ? Evictor() : "") + Lateness();
        }
        else if (windows.Form == StreamWindowsForm.Endless)
        {
            text += $".Trigger(Trigger.Count({1 + expressions.Next(4)}){Purging()})";
        }

        if (isCounted || !expressions.Chance(35))
        {
            return Results(text, number, key);
        }

        return $$"""
            {{Results($"{text}.LateTo(out var late{number})", number, key)}}
                        late{{number}}.Select(r => $"late {r.Id} {r.Time}").To(sink);
            """;
    }

    private string Trigger(StreamWindowsForm form)
    {
        switch (expressions.Next(form == StreamWindowsForm.Endless ? 4 : 7))
        {
            case 0 or 1:
                return $".Trigger(Trigger.Count({1 + expressions.Next(4)}){Purging()})";
            case 2:
                // Sessions that become one have no last record that both agree on.
                return form == StreamWindowsForm.Merging
                    ? $".Trigger(Trigger.EventTime{Purging()})"
                    : $".Trigger(Trigger.Delta<{record}>({expressions.Next(6)}, (last, now) => now.A - last.A){Purging()})";
            case 3:
                DependsOnWatermarks = true;
                return $".Trigger(new OnSum<{record}>({1 + expressions.Next(12)}, r => r.A){Purging()})";
            case 4:
                DependsOnWatermarks = true;
                var interval = StreamWindows.Micros(expressions, 40_000, 900_000, form == StreamWindowsForm.OfDays);
                return $".Trigger(Trigger.Continuous({interval}){Purging()})";
            case 5:
                return $".Trigger(Trigger.EventTime{Purging()})";
            default:
                return "";
        }
    }

    private string Lateness()
    {
        if (!expressions.Chance(35))
        {
            return "";
        }

        DependsOnWatermarks = true;
        return $".AllowLateness({StreamWindows.Micros(expressions, 1, 1_500_000)})";
    }

    private string Evictor()
    {
        var when = expressions.Any("", ", EvictWhen.BeforeFunction", ", EvictWhen.AfterFunction");
        return expressions.Next(3) switch
        {
            0 => $".Evict(Evictor.Count({1 + expressions.Next(4)}){when})",
            1 => $".Evict(Evictor.Time({StreamWindows.Micros(expressions, 1000, 900_000)}){when})",
            _ => $".Evict(Evictor.Delta<{record}>({expressions.Next(5)}, (one, last) => last.A - one.A){when})",
        };
    }

    private string Results(string windows, int number, StreamKey key)
    {
        if (expressions.Chance(20))
        {
            return windows + ".Retracting()" + (expressions.Next(3) switch
            {
                0 => $".Reduce({Reduction}).Select(c => Show.Of(({(record == "Row" ? "c.Old?.Id, c.New?.A" : "c.Old.Id, c.New.A")})))",
                1 => $".Aggregate({Totalled()}, (key, window, sum) => Show.Of((key, window.EndTime, sum))).Select(c => $\"{{c}}\")",
                _ => $".Aggregate(g => Show.Of((g.Key, g.Window.EndTime, {_aggregates.Result(1)}))).Select(c => $\"{{c}}\")",
            }) + ".To(sink);";
        }

        windows += expressions.Chance(20) ? ".Discarding()" : "";
        var (kind, input) = (expressions.Next(13), $"IReadOnlyList<{record}>");
        return kind is 6 or 7 ? Fires(windows, number, kind == 6 ? input : "string", key) : windows + (kind switch
        {
            0 => $".Reduce({Reduction}).Select(r => Show.Of((r.S, r.A))).To(sink);",
            1 => ".Reduce((a, b) => a.A > b.A ? a : b, (key, window, r) => Show.Of((key, window.StartTime, r.Id))).To(sink);",
            2 or 3 => $".Aggregate({Totalled()}, (key, window, sum) => Show.Of((key, window.EndTime, sum))).To(sink);",
            4 => ".Process((rs, w) => rs.Where(r => r.A != 2).Select(r => Show.Of((w.Key, w.Window.EndTime, r.Id)))).To(sink);",
            5 => $".Aggregate({Totalled()}, (sum, w) => new[] {{ $\"{{w.Key}} {{w.Window.EndTime}} {{sum}}\" }}).To(sink);",
            8 => ".TopN(2, r => r.A, (key, window, rank, r) => Show.Of((key, window.EndTime, rank, r.Id))).To(sink);",
            9 => $".TopN({1 + expressions.Next(3)}, r => r.B).Select(r => Show.Of(r.Id)).To(sink);",
            _ => $".Aggregate(g => Show.Of((g.Key, g.Window.StartTime, {_aggregates.Result(1)}))).To(sink);",
        });
    }

    // A class of the user's with state, and what it says beside its results.
    private string Fires(string windows, int number, string input, StreamKey key)
    {
        var type = $"Fires<{input}, {key.Type}>";
        return $$"""
            var fires{{number}} = {{windows}}.{{(input == "string" ? $"Aggregate({Totalled()}, " : "Process(")}}() => new {{type}}());
                        fires{{number}}.To(sink);
                        fires{{number}}.Side({{type}}.Often).To(sink);
            """;
    }

    private static string Reduction => "(a, b) => b with { A = unchecked((a.A * 3) + b.A) }";

    private string Totalled() =>
        $"new Totalled<{record}>(MergeOrder.{expressions.Any("Any", "Arrival", "None")}, r => r.{expressions.Any("A", "B", "Id")})";

    private string Purging() => expressions.Chance(35) ? ".Purging()" : "";
}
