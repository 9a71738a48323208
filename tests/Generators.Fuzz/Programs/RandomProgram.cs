using System.Globalization;

namespace Weir.Generators.Fuzz.Programs;

/// <summary>A random class with a pipeline, and what LINQ makes of the same records; a seed gives the same text always.</summary>
internal static class RandomProgram
{
    /// <summary>The class of a seed.</summary>
    public static string Of(int seed, bool isWide)
    {
        var expressions = new Expressions(new Random(seed), isWide);
        var bodies = new Bodies(expressions);
        var name = string.Create(CultureInfo.InvariantCulture, $"P{seed}");
        var record = expressions.Any("Row", "Row", "Cell");
        var (pipeline, linq) = expressions.Chance(50) ? Stateless(expressions, bodies) : Aggregate(expressions, bodies);
        var functions = isWide ? new GivenFunctions(expressions, bodies, record) : null;
        var body = $$"""
                [Pipeline]
                public static void Define(Job job, ISource<{{record}}> source, ISink<string> sink, int captured)
                {
                    const int Local = 11;
                    var local = captured + Local;{{functions?.Locals}}
                    job.From(source)
                        {{pipeline}}
                        .To(sink);
                }

                private static IEnumerable<string> Linq(List<{{record}}> source, int captured)
                {
                    const int Local = 11;
                    var local = captured + Local;{{functions?.Locals}}
                    return source
                        {{linq}};
                }

                public static string Check()
                {
                    for (var data = 0; data < 4; data++)
                    {
                        var records = Data.{{record}}s({{seed}} + data, tame: data % 2 == 0);
                        var expected = Harness.Outcome(() => Linq(records, data));
                        foreach (var interpreted in new[] { true, false })
                        {
                            var actual = Harness.Run<{{record}}>((job, source, sink) => Define(job, source, sink, data),
                                records, interpreted);
                            if (!Harness.Agree(expected, actual))
                            {
                                return $"data {data}, {(interpreted ? "interpreted" : "compiled")}:\n{actual}\nLINQ:\n{expected}";
                            }
                        }
                    }

                    return "";
                }

                {{functions?.Methods}}
                private const int OwnSeven = 7;
                private const string OwnText = "own\r\n\"text\"";
                private static readonly int OwnEight = 8;
                private static int OwnHalf(int n) => n / 2;
                private static int OwnDeep(int n) => n > 0 ? OwnHalf(n) + OwnSeven : -n;
            """;
        return $"public static class {name}\r\n{{\r\n{body.ReplaceLineEndings("\r\n")}\r\n}}\r\n";
    }

    private static (string Pipeline, string Linq) Stateless(Expressions expressions, Bodies bodies)
    {
        var stages = new List<string>();
        for (var i = expressions.Next(3); i >= 0; i--)
        {
            stages.Add(expressions.Next(4) switch
            {
                0 => $".SelectMany(r => r.Arr.Take({expressions.Next(3)}).Select(n => r with {{ A = n }}))",
                1 => $".Select(r => r with {{ A = {expressions.Of("int", new Scope("r", ("int", "captured")), 2)} }})",
                _ => $".Where({GivenFunctions.Or(expressions, "bool", () => bodies.Lambda("bool", 2))})",
            });
        }

        var type = expressions.Any<string>([.. Expressions.Types]);
        if (expressions.Chance(40))
        {
            // An anonymous type or a tuple between verbs.
            var (one, two) = (expressions.Of("int", new Scope("r"), 2), expressions.Of("string", new Scope("r"), 2));
            stages.Add(expressions.Any($".Select(r => new {{ One = {one}, r.S, {two}.Length, r }})",
                $".Select(r => (One: {one}, r.S, r.S.Length, r))"));
            stages.Add($".Select(x => Show.Of({expressions.Any("x.One", "x.S", "x.Length", "(x.r.A, x.One)")}))");
        }
        else
        {
            stages.Add($".Select({bodies.Lambda("string", 3, scope => $"Show.Of({expressions.Of(type, scope, 3)})")})");
        }

        var text = string.Join("\r\n                ", stages);
        return (text, text);
    }

    private static (string Pipeline, string Linq) Aggregate(Expressions expressions, Bodies bodies)
    {
        var filter = expressions.Chance(40) ? $".Where({bodies.Lambda("bool", 1)})" : "";
        var key = expressions.Any("r => r.C", "r => r.Id % 2", "r => (r.Id % 2, r.S.Length)", "r => r.S", "r => r.A > 0");
        var result = new Aggregates(expressions, bodies).Result(2);
        var lambda = expressions.Chance(20) ? $"g => {{ var n = g.Count(); return {result} + n; }}" : $"g => {result}";
        return ($"""
            .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1)){filter}
                .KeyBy({key}).Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
                .Aggregate({lambda})
            """, $"""
            {filter}.In(all => Harness.Results(all, {key}, r => r.Time, {lambda}))
            """);
    }
}
