using System.Reflection.Metadata;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>An exception in a function that was written into a loop names the user's file and line; breakpoints find it.</summary>
public sealed class StackTraceTests
{
    private const string Program = """
        using Weir;
        using Weir.Corpus;

        try
        {
            var job = new Job("traces");
            Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>());
            await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None });
        }
        catch (Exception failure)
        {
            Play.Say(failure);
        }

        public static class Pipelines
        {
            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<string> sink) => job
                .From(source)
                .WithEventTime(n => n * 1_000_000L / TIME, TimeSpan.Zero)
                .Where(n => n / WHERE >= 0)
                .Select(n =>
                {
                    if (n == 1)
                    {
                        return n;
                    }

                    return n + (n / BLOCK);
                })
                .KeyBy(n => n / KEY)
                .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                .Aggregate(g => new Total(g.Key,
                    g.Sum(n => n / STEP),
                    g.Count() / RESULT))
                .Select(t => t.Sum / SELECT)
                .Select(n => $"{n}")
                .To(sink);

            public sealed record Total(int Key, int Sum, int Count);

            public static int Nil => 0;

            public static int One => 1;
        }
        """;

    private static readonly string[] Places = ["TIME", "WHERE", "BLOCK", "KEY", "STEP", "RESULT", "SELECT"];

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var place in Places)
            {
                cases.Add(place, true);
                cases.Add(place, false);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task An_exception_in_a_function_names_the_users_file_and_line(string place, bool isDebug)
    {
        var text = Places.Aggregate(Program, (source, other) => Regex.Replace(source, $@"\b{other}\b", other == place ? "Nil" : "One"));

        // An expression is one statement, and begins where it begins: of the result that is the line of its lambda.
        var mark = place == "RESULT" ? ".Aggregate(" : "Nil";
        var line = Array.FindIndex(text.Split('\n'), line => line.Contains(mark, StringComparison.Ordinal)) + 1;
        var built = Build(text, isDebug);
        Assert.Empty(built.Complaints);

        var run = await built.Run(new JobOptions());

        Assert.Contains("DivideByZeroException", run.Text, StringComparison.Ordinal);
        Assert.True(Regex.IsMatch(run.Text, $@"traces\.cs:line {line}\b"), $"not line {line}: {run.Text}");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Each_function_has_a_sequence_point_where_the_user_wrote_it(bool isDebug)
    {
        var text = Places.Aggregate(Program, static (source, other) => Regex.Replace(source, $@"\b{other}\b", "One"));
        var built = Build(text, isDebug);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(built.Images[^1].Symbols));
        var reader = provider.GetMetadataReader();
        var points = reader.MethodDebugInformation
            .SelectMany(method => reader.GetMethodDebugInformation(method).GetSequencePoints())
            .Where(static point => !point.IsHidden)
            .Where(point => reader.GetString(reader.GetDocument(point.Document).Name) == "traces.cs")
            .Select(static point => (point.StartLine, point.StartColumn, point.EndLine, point.EndColumn))
            .ToHashSet();
        var lines = text.Split('\n');

        // The delegates have their points, too: what is asked is that the loops have no other, and that a place has some.
        foreach (var expression in new[]
        {
            "n * 1_000_000L / One", "n / One >= 0", "return n;", "return n + (n / One);", "n / One),", "t.Sum / One",
        })
        {
            var row = Array.FindIndex(lines, line => line.Contains(expression, StringComparison.Ordinal));
            var column = lines[row].IndexOf(expression, StringComparison.Ordinal);
            Assert.True(
                points.Any(point => point.StartLine == row + 1 && point.StartColumn == column + 1),
                $"nothing at ({row + 1}, {column + 1}), '{expression}': {string.Join(' ', points)}");
        }

        // A statement of a block ends where its rewritten text does; an expression where the user's does.
        Assert.All(points, point => Assert.InRange(point.EndLine, point.StartLine, lines.Length));
        Assert.All(points.Where(point => !lines[point.StartLine - 1].Contains(';', StringComparison.Ordinal)), point =>
            Assert.True(point.EndColumn <= lines[point.EndLine - 1].Length + 1, $"{point} is outside of its line"));
        Assert.Contains(points, static point => point == (21, 21, 21, 33));
        Assert.DoesNotContain(points, static point => point.StartLine == 21 && point.EndColumn != 33);
    }

    private static Built Build(string text, bool isDebug) => Builder.Build(
        [("traces.cs", text)], isDebug ? new Dictionary<string, string> { ["debug"] = "" } : new Dictionary<string, string>());
}
