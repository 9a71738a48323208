using System.Globalization;

namespace Weir.Generators.Fuzz.Programs;

/// <summary>A random class with a pipeline of windows, triggers, state and timers; a seed gives the same text always.</summary>
/// <remarks>
/// LINQ has nothing that these can be compared with. What is compared is the pipeline with itself, interpreted record by record: however it
/// is compiled, cut into batches, dealt out to subtasks and restored, it gives the same set of results.
/// </remarks>
internal static class RandomStream
{
    /// <summary>The class of a seed.</summary>
    public static string Of(int seed)
    {
        var expressions = new Expressions(new Random(seed), isWide: true);
        var bodies = new Bodies(expressions);
        var record = expressions.Any("Row", "Row", "Cell");
        var functions = new GivenFunctions(expressions, bodies, record);
        var windows = new WindowedVerbs(expressions, bodies, record);
        var keyed = new KeyedVerbs(expressions, bodies, record);
        var branches = new List<string>();
        for (var i = expressions.Next(3); i >= 0; i--)
        {
            branches.Add(expressions.Chance(60) ? windows.Branch(i) : keyed.Branch(i));
        }

        // Of records that go back further than is waited for, some are late: which, depends on where a batch ends.
        var back = expressions.Any(0, 300_000, 2_000_000);
        var disorder = Math.Max(expressions.Any(0, 300_000, 2_000_000), keyed.MustBeOnTime ? back : 0);
        var isByRecord = back > disorder || windows.DependsOnWatermarks;
        var ends = string.Join("\r\n            ", branches);
        var (time, wait) = windows.IsSlow
            ? ("(r.Time * 100_000) + 1_711_700_000_000_000", $"{disorder} * 100_000L")
            : ("r.Time", $"{disorder}");
        var name = string.Create(CultureInfo.InvariantCulture, $"S{seed}");
        var body = $$"""
                [Pipeline]
                public static void Define(Job job, ISource<{{record}}> source, ISink<string> sink, int captured)
                {
                    const int Local = 11;
                    var local = captured + Local;{{functions.Locals}}
                    var timed = job.From(source).WithParallelism(1)
                        .WithEventTime(r => {{time}}, TimeSpan.FromMicroseconds({{wait}})).WithParallelism(1)
                        .Where(r => r.Id >= 0).WithParallelism(1);
                    {{ends}}
                }

                public static string Check() => StreamHarness.Check<{{record}}>(
                    Define, data => Streamed.{{record}}s({{seed}} + data, {{back}}), {{seed}}, isByRecord: {{(isByRecord ? "true" : "false")}});

                {{functions.Methods}}
                private const int OwnSeven = 7;
                private const string OwnText = "own\r\n\"text\"";
                private static readonly int OwnEight = 8;
                private static int OwnHalf(int n) => n / 2;
                private static int OwnDeep(int n) => n > 0 ? OwnHalf(n) + OwnSeven : -n;
            """;
        return $"public static class {name}\r\n{{\r\n{body.ReplaceLineEndings("\r\n")}\r\n}}\r\n";
    }
}
