using System.Diagnostics.CodeAnalysis;
using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines.Parsing;

/// <summary>A function that may throw costs a call for each record, for its line in stack traces; others cost none.</summary>
public sealed class ThrowingTests
{
    [Theory]
    [InlineData("r => r.Id + 1.5")]
    [InlineData("r => new Total(r.Id, 2 * r.Value)")]
    [InlineData("r => (long)r.Id")]
    [InlineData("r => (int)r.Colour")]
    [InlineData("r => Math.Sqrt(r.Value)")]
    [InlineData("r => nameof(r.Id)")]
    public void What_cannot_throw_is_inlined(string function) =>
        Assert.DoesNotContain("MethodImplOptions.NoInlining", Generate(function), StringComparison.Ordinal);

    [Theory]
    [InlineData("r => 7 / r.Id")]
    [InlineData("r => new Odd(r.Id)")]
    [InlineData("r => new Kept(r.Id)")]
    [InlineData("r => new Total(r.Id, 1) { Key = 3 }")]
    [InlineData("r => (Site)r.Any")]
    [InlineData("r => Math.Abs(r.Id)")]
    [InlineData("r => r.Site.Row")]
    [InlineData("r => r.Rows[1]")]
    [InlineData("r => (decimal)r.Value")]
    public void What_may_throw_keeps_its_frame(string function) =>
        Assert.Contains("MethodImplOptions.NoInlining", Generate(function), StringComparison.Ordinal);

    private static string Generate([StringSyntax("c#-test")] string function)
    {
        var compilation = Compile.Source($$"""
            using Weir;

            public enum Colour { Red }

            public sealed class Site { public int Row; }

            public sealed record Reading(int Id, double Value, Colour Colour, Site Site, int[] Rows, object Any);

            public sealed record Total(int Key, double Sum);

            public sealed record Odd { public Odd(int id) => Id = 1 / id; public int Id { get; } }

            public sealed record Kept(int Id) { private readonly int _half = 1 / Id; public int Half => _half; }

            public static class P
            {
                [Pipeline]
                public static void Define(Job job, ISource<Reading> source) => job.From(source).Select({{function}}).Where(r => true);
            }
            """);
        return compilation.Run(new PipelineGenerator()).Text();
    }
}
