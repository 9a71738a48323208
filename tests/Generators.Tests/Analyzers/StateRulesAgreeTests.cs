using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Weir.Analyzers;
using Weir.Generators.Codecs;
using Weir.Generators.State;
using Weir.Generators.Tests.Infrastructure;
using Weir.Runtime.State;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>Of every pair of types, the rule says of a member that changed from one to the other just what a restore says.</summary>
public sealed partial class StateRulesAgreeTests
{
    private static readonly string[] Types =
    [
        "sbyte", "byte", "short", "ushort", "char", "int", "uint", "long", "ulong", "float", "double", "decimal", "Int128", "UInt128",
        "System.Numerics.BigInteger", "Half", "bool", "string", "DateTime", "TimeSpan", "Guid", "byte[]", "int?", "long?", "List<int>",
        "long[]", "List<int?>", "HashSet<int>", "HashSet<long>", "Dictionary<int, int>", "Dictionary<int, long>", "Dictionary<long, int>",
        "(int, int)", "(long, long)", "(int, int, int)", "int[,]", "long[,]", "int[][]", "Version", "DayOfWeek", "Gen<int>",
        "Gen<long>", "Point", "Spot", "Shape", "Form", "IReadOnlyList<int>", "Queue<long>",
    ];

    private static readonly string[] OfUser = ["Gen<int>", "Gen<long>", "Point", "Spot", "Shape", "Form"];

    private const string Declared = """
        public sealed record Gen<T>(T Value);
        public sealed record Point(int X, int Y);
        [WasNamed("Point")] public sealed record Spot(long Y, int X);
        public abstract record Shape { public sealed record A(int N) : Shape; }
        [WasNamed("Shape")] public abstract record Form { [WasNamed("Shape.A")] public sealed record A(long N) : Form; public sealed record B : Form; }
        """;

    [Fact]
    public Task In_a_member_of_an_accumulator() => Agree("state", isKey: false);

    [Fact]
    public Task In_a_key() => Agree("key", isKey: true);

    private static async Task Agree(string state, bool isKey)
    {
        var reported = await Reported(isKey);
        var disagreeing = new List<string>();
        foreach (var (then, i) in Codecs().Select((codec, i) => (codec, i)))
        {
            foreach (var (now, j) in Codecs().Select((codec, j) => (codec, j)))
            {
                // What is wrong with a type is told once, at that type, for all members that have it.
                var isTold = reported.Contains((i, j))
                    || (OfUser.Contains(Types[i]) && OfUser.Contains(Types[j]));
                if (IsRead(state, then, now) ? reported.Contains((i, j)) : !isTold)
                {
                    var who = reported.Contains((i, j)) ? "rule" : "restore";
                    disagreeing.Add($"{Types[i]} -> {Types[j]}: only the {who} refuses");
                }
            }
        }

        Assert.True(disagreeing.Count == 0, string.Join('\n', disagreeing));
    }

    // The form as a restore resolves it.
    private static bool IsRead(string state, object then, object now)
    {
        try
        {
            var schema = (Schema)then.GetType().GetProperty(nameof(Codec<int>.Schema))!.GetValue(then)!;
            var type = CodedBy(now.GetType());
            typeof(StoredForms).GetMethod(nameof(StoredForms.Reading))!.MakeGenericMethod(type)
                .Invoke(new StoredForms([new(state, schema)]), [state, now]);
            return true;
        }
        catch (TargetInvocationException refused) when (refused.InnerException is InvalidDataException)
        {
            return false;
        }
    }

    private static Type CodedBy(Type codec) => codec is { IsGenericType: true } && codec.GetGenericTypeDefinition() == typeof(Codec<>)
        ? codec.GetGenericArguments()[0] : CodedBy(codec.BaseType!);

    private static IReadOnlyList<object> Codecs() => Loaded.Value;

    private static readonly Lazy<IReadOnlyList<object>> Loaded = new(() =>
    {
        var compilation = Compile.Source($$"""
            using Weir;
            {{Declared}}
            [GenerateCodec] public sealed record All({{string.Join(", ", Types.Select((type, i) => $"{type} M{i}"))}});
            public static class Found
            {
                public static object[] Codecs() => [{{string.Join(", ", Types.Select(type => $"Weir.Codecs.Of<{type}>()"))}}];
            }
            """);
        CSharpGeneratorDriver.Create([new CodecGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
        using var image = new MemoryStream();
        var emitted = whole.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(5)));
        image.Position = 0;
        return (object[])new AssemblyLoadContext("agree").LoadFromStream(image).GetType("Found")!.GetMethod("Codecs")!.Invoke(null, [])!;
    });

    // One member a pair, and so one run of the rule: which members it names.
    private static async Task<HashSet<(int, int)>> Reported(bool isKey)
    {
        var then = Compile.Source(Source(isKey, (i, _) => Types[i]));
        var now = Compile.Source(Source(isKey, (_, j) => Types[j]));
        var options = new AnalyzerOptions([new Baseline(StateFileText.Of(StateReader.Read(then, default)))]);
        var found = await now.WithAnalyzers([new StateBaselineAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        return [.. found.Where(diagnostic => diagnostic.Id == "WEIR2001").Select(diagnostic =>
        {
            var pair = Pair().Match(diagnostic.GetMessage(CultureInfo.InvariantCulture));
            return (Number(pair.Groups[1]), Number(pair.Groups[2]));
        })];
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bM(\d+)_(\d+)\b")]
    private static partial Regex Pair();

    private static string Source(bool isKey, Func<int, int, string> type) => $$"""
        using Weir;
        {{Declared}}
        public sealed class Pairs
        {
            {{string.Join("\n    ", Enumerable.Range(0, Types.Length).SelectMany(i => Enumerable.Range(0, Types.Length)
                .Select(j => $"public {type(i, j)} M{i}_{j} {{ get; set; }} = default!;")))}}
        }

        public sealed class Fold : IAggregate<int, {{(isKey ? "int" : "Pairs")}}, int>
        {
            public {{(isKey ? "int" : "Pairs")}} Create() => new();
            public void Add(ref {{(isKey ? "int" : "Pairs")}} accumulator, in int record) { }
            public void Merge(ref {{(isKey ? "int" : "Pairs")}} accumulator, in {{(isKey ? "int" : "Pairs")}} other) { }
            public int Result(in {{(isKey ? "int" : "Pairs")}} accumulator) => 0;
        }

        public static class P
        {
            private static {{(isKey ? "Pairs" : "int")}} Key(int record) => default!;

            [Pipeline] public static void Define(Job job, ISource<int> numbers, ISink<int> sink) =>
                job.From(numbers).KeyBy(n => Key(n)).Window(Tumbling.Of(TimeSpan.FromDays(1))).Aggregate(new Fold()).To(sink);
        }
        """;

    private sealed class Baseline(string text) : AdditionalText
    {
        public override string Path => "weir.state.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
