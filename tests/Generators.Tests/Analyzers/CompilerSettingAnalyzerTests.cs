using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Weir.Analyzers;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>One clear error for a project whose settings generated code cannot live with, and nothing for one that it can.</summary>
public sealed class CompilerSettingAnalyzerTests
{
    private const string Two = """
        using Weir;
        public static class P
        {
            [Pipeline]
            public static void {|WEIR0007:Define|}(Job job, ISource<int> source, ISink<int> sink) { job.From(source).To(sink); }

            [Pipeline]
            public static void Other(Job job, ISource<int> source, ISink<int> sink) { job.From(source).To(sink); }
        }
        """;

    [Theory, InlineData(LanguageVersion.CSharp7_3), InlineData(LanguageVersion.CSharp8), InlineData(LanguageVersion.CSharp11)]
    public Task An_old_language_is_reported_once(LanguageVersion version) => Verify(Two, version, "Weir.Generated");

    [Theory, InlineData(""), InlineData("Weir.Other;Weir.GeneratedToo"), InlineData("weir.generated")]
    public Task So_are_interceptors_that_are_off(string namespaces) => Verify(Two, LanguageVersion.CSharp13, namespaces);

    [Theory]
    [InlineData(LanguageVersion.CSharp12, ";Weir.Generated")]
    [InlineData(LanguageVersion.CSharp13, "Other;Weir.Generated;Another")]
    [InlineData(LanguageVersion.CSharp13, "Weir")]
    public Task A_project_that_allows_them_is_not(LanguageVersion version, string namespaces) =>
        Verify(Two.Replace("{|WEIR0007:Define|}", "Define", StringComparison.Ordinal), version, namespaces);

    [Fact]
    public Task Nor_is_one_without_pipelines() => Verify("public static class P { }", LanguageVersion.CSharp7_3, "");

    private static Task Verify(string source, LanguageVersion version, string namespaces)
    {
        var test = new CSharpAnalyzerTest<CompilerSettingAnalyzer, DefaultVerifier> { TestCode = source };
        Compile.Prepare(test);
        test.TestState.Sources.RemoveAt(1);
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(
            project,
            new CSharpParseOptions(version).WithFeatures(namespaces.Length == 0 ? [] : [new("InterceptorsNamespaces", namespaces)])));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
