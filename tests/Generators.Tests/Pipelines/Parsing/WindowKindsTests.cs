using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines.Parsing;

/// <summary>Which loops are written for windows that are said in one way or another.</summary>
public sealed class WindowKindsTests
{
    [Theory]
    [InlineData("Tumbling.Of(TimeSpan.FromDays(1))", "Sliced")]
    [InlineData("(Tumbling.Of(TimeSpan.FromDays(1)))", "Sliced")]
    [InlineData("SessionWindow.WithGap(TimeSpan.FromDays(1))", "Session")]
    [InlineData("SessionWindow.WithGap((int n) => TimeSpan.FromDays(n + 1))", "General")]
    [InlineData("CountWindow.Of(3)", "Counted")]
    [InlineData("GlobalWindow.Instance", "General")]
    [InlineData("hourly ? Tumbling.Of(TimeSpan.FromHours(1)) : SessionWindow.WithGap(TimeSpan.FromDays(1))", "Sliced, Session")]
    [InlineData("hourly switch { true => CountWindow.Of(1), _ => (WindowKind)Tumbling.Of(TimeSpan.FromHours(1)) }", "Sliced, Counted")]
    [InlineData("Day", "Sliced")]
    [InlineData("Property", "Session")]
    [InlineData("Any", "Sliced, Session, Counted, General")]
    [InlineData("given", "Sliced, Session, Counted, General")]
    [InlineData("given ?? Day", "Sliced, Session, Counted, General")]
    [InlineData("settled", "Sliced")]
    [InlineData("reassigned", "Sliced, General")]
    [InlineData("Make()", "Sliced, Session, Counted, General")]
    [InlineData("tumbling", "Sliced, General")]
    [InlineData("Tumbling.Of(TimeSpan.FromDays(1)) with { Time = WindowTime.Processing }", "Sliced, General")]
    public void The_forms_of_windows_are_known_as_far_as_they_can_be(string windows, string forms)
    {
        var compilation = Compile.Source($$"""
            using Weir;

            public static class Pipelines
            {
                private static readonly Tumbling Day = Tumbling.Of(TimeSpan.FromDays(1));
                private static SessionWindow Property => SessionWindow.WithGap(TimeSpan.FromDays(1));
                private static WindowKind Any { get; set; } = Day;
                private static WindowKind Make() => Day;

                [Pipeline]
                public static void Define(Job job, ISource<int> source, ISink<int> sink, bool hourly, WindowKind given, Tumbling tumbling)
                {
                    WindowKind settled = Day;
                    var reassigned = Day;
                    reassigned = Tumbling.Of(TimeSpan.FromDays(2));
                    job.From(source).WithEventTime(n => (long)n, TimeSpan.Zero).KeyBy(n => n).Window({{windows}})
                        .Aggregate(g => g.Count()).To(sink);
                }
            }
            """);
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees.Single(static tree => tree.FilePath == "Probe.cs");
        var declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static method =>
            method.Identifier.Text == "Define");
        var model = compilation.GetSemanticModel(tree);
        var parsed = PipelineParser.Parse((IMethodSymbol)model.GetDeclaredSymbol(declaration)!, declaration, model, [], default);

        Assert.Equal(forms, $"{parsed!.Pipeline.Stages.OfType<AggregateStageModel>().Single().Loops}");
    }
}
