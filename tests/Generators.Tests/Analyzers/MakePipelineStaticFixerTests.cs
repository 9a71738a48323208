using Weir.Analyzers;
using Weir.CodeFixes;

namespace Weir.Generators.Tests.Analyzers;

public sealed class MakePipelineStaticFixerTests
{
    [Theory]
    [InlineData("public void [|Define|](Weir.Job job) { }", "public static void Define(Weir.Job job) { }")]
    [InlineData("/* mine */ void [|Define|](Weir.Job job) { }", "/* mine */ static void Define(Weir.Job job) { }")]
    [InlineData("internal unsafe void [|Define|](Weir.Job job) { }", "internal static unsafe void Define(Weir.Job job) { }")]
    [InlineData(
        "public void [|Define|](Weir.Job job) => Console.Write(job.Name.Length + Fixed);",
        "public static void Define(Weir.Job job) => Console.Write(job.Name.Length + Fixed);")]
    public async Task A_method_that_uses_no_instance_becomes_static(string before, string after) =>
        await CodeFixTest.Verify<PipelineShapeAnalyzer, MakePipelineStaticFixer>(Class(Marked(before)), Class(after));

    [Theory]
    [InlineData("public void [|Define|](Weir.Job job) => Console.Write(job.Name + _input);")]
    [InlineData("public void [|Define|](Weir.Job job) => Console.Write(job.Name + this);")]
    [InlineData("public virtual void [|Define|](Weir.Job job) { }")]
    public async Task Nothing_is_offered_where_it_would_not_compile_or_not_help(string method) =>
        await CodeFixTest.Verify<PipelineShapeAnalyzer, MakePipelineStaticFixer>(Class(Marked(method)), Class(Marked(method)));

    private static string Marked(string method) => method
        .Replace("[|", "{|WEIR0001:", StringComparison.Ordinal)
        .Replace("|]", "|}", StringComparison.Ordinal);

    private static string Class(string method) => $$"""
        class Pipelines
        {
            private const int Fixed = 1;
            private readonly string _input = "";

            [Weir.Pipeline]
            {{method}}
        }
        """;
}
