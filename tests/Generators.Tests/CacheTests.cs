using Microsoft.CodeAnalysis;
using Weir.Generators.Codecs;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines;
using Weir.Generators.Rows;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>
/// An edit elsewhere costs nothing behind the first step of ours, whichever generator it is. The transform of
/// <c>ForAttributeWithMetadataName</c> runs again, for it
/// reads symbols; what it answers must be equal to what it answered before.
/// </summary>
public sealed class CacheTests
{
    private const string Source = """
        using Weir;

        namespace Air;

        [GenerateCodec]
        public sealed record Flight(string Origin, long Departure, int Delay);

        public sealed record Total(string Origin, int Flights);

        public sealed class Latest : KeyedProcess<string, Flight, int>
        {
            private readonly ValueState<int> _last = new();

            public override void OnRecord(Flight flight, ProcessContext<string, int> context) => _last.Value = flight.Delay;
        }

        public static class Flights
        {
            [Pipeline]
            public static void Define(Job job, ISource<Flight> source, ISink<Total> sink) => job
                .From(source)
                .WithEventTime(f => f.Departure, System.TimeSpan.Zero)
                .Where(f => f.Delay > 1)
                .KeyBy(f => f.Origin)
                .Window(Tumbling.Of(System.TimeSpan.FromHours(1)))
                .LateTo(out var late)
                .Aggregate(g => new Total(g.Key, g.Count()))
                .To(sink);
        }
        """;

    public static TheoryData<Type, string> TransformSteps() => new()
    {
        { typeof(PipelineGenerator), PipelineGenerator.TransformStep },
        { typeof(CodecGenerator), CodecGenerator.PipelineStep },
        { typeof(CodecGenerator), CodecGenerator.TypeStep },
        { typeof(CodecGenerator), CodecGenerator.ClassStep },
        { typeof(StateClassGenerator), StateClassGenerator.ClassStep },
    };

    [Theory, MemberData(nameof(TransformSteps))]
    public void A_transform_answers_the_same_after_an_edit_in_another_file(Type generator, string step)
    {
        var outputs = AfterAnUnrelatedEdit(generator).TrackedSteps[step].SelectMany(run => run.Outputs).ToArray();

        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Contains(output.Reason, Untouched));
    }

    [Theory, InlineData(typeof(PipelineGenerator)), InlineData(typeof(CodecGenerator)), InlineData(typeof(RowFormatGenerator)),
        InlineData(typeof(StateClassGenerator))]
    public void Nothing_behind_a_transform_is_new_after_an_edit_in_another_file(Type generator)
    {
        var result = AfterAnUnrelatedEdit(generator);

        // The compiler's own steps in front of our transforms see the new compilation, as they must.
        var ours = result.TrackedSteps.Where(step => !step.Key.Contains("ForAttribute", StringComparison.Ordinal)
            && !step.Key.StartsWith("Compilation", StringComparison.Ordinal));
        Assert.NotEmpty(ours);
        Assert.All(ours.SelectMany(step => step.Value).SelectMany(run => run.Outputs), output => Assert.Contains(output.Reason, Untouched));
        Assert.All(
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static IncrementalStepRunReason[] Untouched => [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static GeneratorRunResult AfterAnUnrelatedEdit(Type generator)
    {
        var elsewhere = Compile.Tree("class Unrelated { int One() => 1; }", "Unrelated.cs");
        var before = Compile.Source(Source).AddSyntaxTrees(elsewhere);
        var after = before.ReplaceSyntaxTree(elsewhere, Compile.Tree("class Unrelated { int One() => 2; }", "Unrelated.cs"));
        var driver = before.Run((IIncrementalGenerator)Activator.CreateInstance(generator)!);
        return driver.RunGenerators(after, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
    }
}
