using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Weir.Generators.Codecs;
using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Types;

/// <summary>Two declarations never get one file name, whatever tells them apart and whatever letters mean to a file system.</summary>
public sealed class GeneratedNamesTests
{
    private const string Body = "(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Where(n => n > 1).To(sink);";

    [Theory]
    [InlineData("public static class Shop { [Pipeline] public static void Define$ [Pipeline] public static void define$ }", 2)]
    [InlineData("public static class Shop { [Pipeline] public static void D$ } public static class SHOP { [Pipeline] public static void D$ }", 2)]
    [InlineData("public static class A_B { [Pipeline] public static void C$ } public static class A { public static class B_C { [Pipeline] public static void D$ } } "
        + "public static class A_B_C { [Pipeline] public static void D$ }", 3)]
    [InlineData("public static class Shop { [Pipeline] public static void D$ [Pipeline] public static void D(Job job, ISource<int> source, ISink<int> sink, int n) "
        + "=> job.From(source).Where(m => m > 1).To(sink); }", 2)]
    [InlineData("public static class @class { [Pipeline] public static void @event$ }", 1)]
    [InlineData("namespace @namespace.@new { public static class @class { [Pipeline] public static void @event$ } }", 1)]
    [InlineData("public static class Größe { [Pipeline] public static void Über$ [Pipeline] public static void Öber$ }", 2)]
    [InlineData("public static class 店 { [Pipeline] public static void 定義$ [Pipeline] public static void 定a$ }", 2)]
    [InlineData("public static class Outer<T> { } public static class Outer { public static class Inner { [Pipeline] public static void D$ } }", 1)]
    [InlineData("file static class Shop { [Pipeline] public static void D$ }", 1)]
    public void H36_Every_pipeline_is_compiled_whatever_it_is_called([StringSyntax("c#-test")] string declarations, int pipelines)
    {
        var compilation = Compile.Source("using Weir;\n" + declarations.Replace("$", Body, StringComparison.Ordinal));
        AreCompiled(compilation, pipelines);
    }

    [Fact]
    public void Classes_of_one_name_that_are_local_to_two_files_are_both_compiled()
    {
        var source = "using Weir; file static class Shop { [Pipeline] public static void Define" + Body + " }";
        AreCompiled(Compile.Source(source).AddSyntaxTrees(Compile.Tree(source + " // another file", "Other.cs")), 2);
    }

    [Fact]
    public void A_long_name_is_cut()
    {
        var name = new string('N', 400);
        AreCompiled(
            Compile.Source($"using Weir; public static class {name}a {{ [Pipeline] public static void Define{Body} }} "
                + $"public static class {name}b {{ [Pipeline] public static void Define{Body} }}"),
            2);
    }

    [Fact]
    public void A_codec_of_a_deeply_generic_type_has_a_name_that_metadata_can_hold()
    {
        var type = Enumerable.Range(0, 40).Aggregate("int", static (inner, _) => $"Averylongnameforagenericrecord<{inner}>");
        Assert.Empty(Compile.Source($$"""
            [Weir.GenerateCodec] public sealed record Averylongnameforagenericrecord<T>(T Value);
            [Weir.GenerateCodec] public sealed record Whole({{type}} Value);
            """).Complaints(new CodecGenerator()));
    }

    [Fact]
    public void Two_methods_of_one_signature_are_an_error_of_the_user_and_none_of_the_generator()
    {
        var result = Compile.Source($"using Weir; public static class Shop {{ [Pipeline] public static void D{Body} [Pipeline] public static void D{Body} }}")
            .Run(new PipelineGenerator()).GetRunResult();
        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Results.Single().Exception);
        Assert.Equal(2, result.GeneratedTrees.Length);
    }

    private static void AreCompiled(CSharpCompilation compilation, int pipelines)
    {
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        var result = compilation.Run(new PipelineGenerator()).GetRunResult();
        var names = result.Results.Single().GeneratedSources.Select(static source => source.HintName).ToArray();
        Assert.Equal(pipelines, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, static name => Assert.True(name.Length < 150 && name.All(char.IsAscii), name));
    }
}
