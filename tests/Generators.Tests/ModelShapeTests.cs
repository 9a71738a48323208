using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Weir.Generators.Codecs;
using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines;
using Weir.Generators.Rows;
using Weir.Generators.Tests.House;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>
/// The incremental cache works only on values: a model that holds a symbol, or an array by reference, turns it off in silence.
/// </summary>
public sealed class ModelShapeTests
{
    // What generated code cannot name or reach, in every place.
    private const string Pipelines = """
        using Weir;

        public static class First
        {
            private static int Hidden(int n) => n;
            private sealed record Own(int Number);

            [Pipeline]
            public static void Define(Job job, ISource<int> source, ISink<int> sink, int least)
            {
                var own = job.From(source).Where(n => n > least).Select(n => new Own(n)).Rebalance().Select(o => new { o.Number }).Select(x => Hidden(x.Number));
                own.WithEventTime(n => (long)n, System.TimeSpan.Zero).KeyBy(n => new { n }).Window(Tumbling.Of(System.TimeSpan.FromDays(1)))
                    .LateTo(out var late).Aggregate(g => g.First()).Union(late).To(sink);
            }
        }

        namespace Inner
        {
            public static class Second
            {
                [Pipeline]
                public static void Define(Job job, Stream<string> elsewhere, ISink<int> sink) =>
                    elsewhere.SelectMany(s => s.Split(',')).WithEventTime(s => System.DateTime.UnixEpoch, System.TimeSpan.Zero)
                        .KeyBy(s => (s, System.Guid.Empty)).Window(Tumbling.Of(System.TimeSpan.FromDays(1))).Aggregate(g => g.Count()).To(sink);
            }

            public static class Third
            {
                [Pipeline]
                public static void Define(Job job, ISource<(int Number, string? Name)> source, ISink<string> sink)
                {
                    const int least = 3;
                    const string? nobody = null;
                    var windows = job.From(source).WithEventTime(r => (long)r.Number, System.TimeSpan.Zero)
                        .Where(r => r is (_, var name) && name != nobody).KeyBy(r => r.Number).Window(Tumbling.Of(System.TimeSpan.FromDays(1)));
                    windows.Aggregate(g => $"{g.Key} {g.Window} {nameof(g)} {least} {g.Count()} {g.LongCount()} {g.Any(r => r.Number > 1)} "
                        + g.All(r => r.Number < least) + g.Sum(r => r.Number) + g.Average(r => (double?)r.Number) + g.Min(r => r.Number)
                        + g.Max(r => r.Name) + g.Where(r => r.Number > 9).Max(r => (1.5, r.Number)) + g.MinBy(r => r.Number).Name
                        + g.Select(r => new { r.Name, r }).First().r.Name + g.Last() + g.Select(r => r.Name).Distinct().Count()
                        + g.Aggregate("", (all, r) => all + r.Name, all => all.Length)).To(sink);
                    windows.Aggregate(new Greatest(), (key, window, number) => { return $"{key} {number}"; }).To(sink);
                    windows.Aggregate(g => g.Select(r => r.Number).Max(number => (int?)number).ToString()!).To(sink);
                }

                public sealed class Greatest : IAggregate<(int Number, string? Name), int, int>
                {
                    public int Create() => 0;
                    public void Add(ref int greatest, in (int Number, string? Name) record) => greatest = Math.Max(greatest, record.Number);
                    public void Merge(ref int greatest, in int other) => greatest = Math.Max(greatest, other);
                    public int Result(in int greatest) => greatest;
                }
            }
        }
        """;

    private const string Types = """
        using System.Collections.Immutable;
        using Weir;

        public enum Colour { Red }

        [GenerateCodec]
        public sealed record Sample(int Number, [property: MessagePack.IgnoreMember] int Cache, Colour? Colour, string? Note)
        {
            public (int, string) Pair { get; init; }
            public required Dictionary<string, ImmutableArray<Colour>> Lists { get; init; }
            public HashSet<long> Set { get; set; } = [];
            [Epoch(EpochUnit.Seconds), Column("t")] public DateTime Time { get; init; }
        }

        public sealed record Refused(Action Callback);

        public static class Reading
        {
            public static object[] All(string path) => [JsonLines.Read<Sample>(path), JsonLines.Read<Refused>(path), JsonLines.Read<int>(path)];
        }
        """;

    [Theory, MemberData(nameof(Models))]
    public void A_model_holds_only_plain_values(Type model)
    {
        Assert.True(model.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(model)), $"{model} is not equatable");

        foreach (var field in model.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            Assert.True(IsPlain(field.FieldType),
                $"{model.Name}.{field.Name}: {field.FieldType} pins the compilation or defeats the cache");
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_model_says_everything_by_name(Type model)
    {
        foreach (var property in model.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.SetMethod is not null))
        {
            Assert.True(property.GetCustomAttributesData().Any(data => data.AttributeType.Name == "RequiredMemberAttribute"),
                $"{model.Name}.{property.Name} may be left out");
        }
    }

    [Fact]
    public void Nothing_that_a_pipeline_lacks_is_an_empty_name_or_a_negative_number()
    {
        var driver = Compile.Source(Pipelines).Run(new PipelineGenerator());
        var found = driver.GetRunResult().Results.Single().TrackedSteps[PipelineGenerator.TransformStep].SelectMany(step => step.Outputs)
            .Select(output => output.Value).ToArray();

        Assert.Equal(3, found.Length);
        Assert.All(found, model => CheckValues(model, "pipeline"));
    }

    [Fact]
    public void Nothing_that_a_type_lacks_is_an_empty_name_or_a_negative_number()
    {
        var compilation = Compile.Source(Types);
        (IIncrementalGenerator Generator, string Step)[] steps =
            [(new CodecGenerator(), CodecGenerator.TypeStep), (new RowFormatGenerator(), RowFormatGenerator.ParseStep)];
        foreach (var (generator, step) in steps)
        {
            var found = compilation.Run(generator).GetRunResult().Results.Single().TrackedSteps[step].SelectMany(run => run.Outputs)
                .Select(output => output.Value).ToArray();
            Assert.NotEmpty(found);
            Assert.All(found, model => CheckValues(model, step));
        }
    }

    /// <summary>Names of types come from the compiler with <c>global::</c>: who writes it himself composes C#.</summary>
    [Fact]
    public void Nothing_in_front_of_the_emitters_composes_code() => Offenders.None(
        from file in Repository.Files("src/Generators", "*.cs")
        where new[] { "Parser.cs", "Model.cs", "Planner.cs", "Plan.cs" }.Any(end => file.EndsWith(end, StringComparison.Ordinal))
            || Repository.NameOf(file).Contains("/Parsing/", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            && new[] { "global::", "__", ";\"" }.Any(code => line.Contains(code, StringComparison.Ordinal))
        select $"{Repository.NameOf(file)}: {line.Trim()}");

    public static TheoryData<Type> Models() =>
        [.. typeof(EquatableArray<>).Assembly.GetTypes().Where(IsModel)];

    private static void CheckValues(object? value, string path)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                Assert.True(text.Length > 0, $"{path} is an empty text");
                return;
            case int number:
                Assert.True(number >= 0, $"{path} is {number}");
                return;
            case IEnumerable items:
                foreach (var item in items)
                {
                    CheckValues(item, path + "[]");
                }

                return;
            default:
                foreach (var property in value.GetType().GetProperties()
                    .Where(property => IsModel(value.GetType()) && property.SetMethod is not null))
                {
                    CheckValues(property.GetValue(value), $"{path}.{property.Name}");
                }

                return;
        }
    }

    private static bool IsModel(Type type) =>
        !type.IsEnum && (type.Name.EndsWith("Model", StringComparison.Ordinal) || type.Name.EndsWith("Plan", StringComparison.Ordinal));

    private static bool IsPlain(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || type == typeof(string)
        || IsModel(type)
        || (Nullable.GetUnderlyingType(type) is { } underlying && IsPlain(underlying))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsPlain(type.GenericTypeArguments[0]));
}
