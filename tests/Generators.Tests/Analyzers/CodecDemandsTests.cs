using System.Text.RegularExpressions;
using Weir.Analyzers;
using Weir.Generators.Codecs;
using Weir.Generators.Tests.House;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>
/// Wherever a running job asks for a codec, a pipeline whose type has none does not build. The places are those of the source: a new one
/// fails here until there is a pipeline for it.
/// </summary>
public sealed partial class CodecDemandsTests
{
    private const string Kept = "asked for before the aggregate is compiled";
    private const string BuiltIn = "built in";
    private const string Thing = "global using Thing = System.Text.StringBuilder;";
    private const string Tool = "of a tool that reads or writes savepoints, outside of any job";
    private const string Parts = "parts of a type that has a codec";

    // Where a codec is asked for, and the kinds of pipelines that lead there.
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["src/Runtime/Planning/EdgeCodecs.cs"] = "record",
        ["src/Runtime/Streams/RecordSizes.cs"] = "record",
        ["src/Runtime/Channels/InFlightFormat.cs"] = "record",
        ["src/Runtime/Savepoints/SavepointProcess.cs"] = Tool,
        ["src/Runtime/Savepoints/SavepointState.cs"] = Tool,
        ["src/Runtime/Savepoints/SavepointSubtaskState.cs"] = Tool,
        ["src/Runtime/State/Handles/Aged.cs"] = BuiltIn,
        ["src/Runtime/State/Handles/SubtaskStates.cs"] = "state",
        ["src/Runtime/Operators/Stateless/SendByKey.cs"] = "key",
        ["src/Runtime/Operators/Windows/AggregateFunctor.cs"] = "key",
        ["src/Runtime/Operators/Windows/GroupFunctor.cs"] = "key",
        ["src/Runtime/Operators/Windows/Slices/WindowAggregate.cs"] = "key",
        ["src/Runtime/Operators/Windows/Counts/CountWindows.cs"] = "key",
        ["src/Runtime/Operators/Windows/Sessions/SessionWindows.cs"] = "key",
        ["src/Runtime/Operators/Windows/Triggered/TriggeredWindows.cs"] = "key",
        ["src/Runtime/Operators/Windows/Triggered/KeptFunctor.cs"] = "key",
        ["src/Runtime/Operators/Windows/KeptRecordsFunctor.cs"] = "key",
        ["src/Runtime/Operators/Windows/Triggered/TimedRecordsFunctor.cs"] = "key",
        ["src/Runtime/Operators/Windows/KeptRecordsCodec.cs"] = BuiltIn,
        ["src/Runtime/Operators/Windows/Triggered/TimedRecordListCodec.cs"] = BuiltIn,
        ["src/Runtime/Operators/Windows/Forms/SharedRecords.cs"] = "record",
        ["src/Runtime/Operators/Windows/Triggered/GeneralWindows.cs"] = "record, accumulator",
        ["src/Runtime/Operators/Windows/Triggered/ProcessedWindows.cs"] = "record, accumulator",
        ["src/Runtime/Operators/Windows/Triggered/WindowStates.cs"] = "state",
        ["src/Runtime/Operators/Keyed/ProcessByKey.cs"] = "key",
        ["src/Runtime/Operators/Keyed/RunningAggregate.cs"] = "key, accumulator",
        ["src/Runtime/State/Handles/StateTables.cs"] = "state",
        ["src/Runtime/Time/LaneMark.cs"] = BuiltIn,
        ["src/Runtime/Subtasks/StageOperators.cs"] = "record, accumulator",
        ["src/Runtime/Operators/Windows/PaneWatermark.cs"] = BuiltIn,
        ["src/Runtime/Time/EventTimeClock.cs"] = BuiltIn,
        ["src/Generators/Pipelines/Emitting/AccumulatorEmitter.cs"] = Kept,
        ["src/Generators/Pipelines/Emitting/AggregateKernelEmitter.cs"] = "accumulator",
        ["src/Generators/Pipelines/Emitting/ExchangeKernelEmitter.cs"] = "key",
        ["src/Generators/Pipelines/Emitting/FunctorEmitter.cs"] = "key",
        ["src/Generators/Codecs/CodecEmitter.cs"] = Parts,
        ["src/Generators/Codecs/HierarchyCodecEmitter.cs"] = Parts,
        ["src/Generators/Codecs/ScalarText.cs"] = Parts,
        ["src/Dsl/State/Collections/GridCodec.cs"] = Parts,
        ["src/Dsl/State/Collections/MapCodec.cs"] = Parts,
        ["src/Dsl/State/Collections/NullableCodec.cs"] = Parts,
        ["src/Dsl/State/Collections/SequenceCodec.cs"] = Parts,
        ["src/Dsl/State/Collections/SetCodec.cs"] = Parts,
        ["src/Dsl/State/Collections/WireItems.cs"] = Parts,
        ["src/Dsl/State/SchemaMember.cs"] = Parts,
        ["src/Dsl/State/BuiltIn/TupleCodecs.cs"] = BuiltIn,
        ["src/Dsl/State/BuiltIn/FrameworkCodecs.cs"] = BuiltIn,
        ["src/Dsl/State/Evolution/Transcoder.cs"] = BuiltIn,
    };

    public static TheoryData<string, string> Pipelines => new()
    {
        { "record", "job.From(things).[|Rebalance|]();" },
        { "record", "job.From(things).[|Union|](job.From(things));" },
        { "record", "job.From(things).[|KeyBy|](t => t.Length);" },
        { "record", "job.From(things).[|GroupBy|](t => t.Length);" },
        { "record", "var keyed = from t in job.From(things) [|group t by t.Length|];" },
        { "record", "job.From(things).[|WithParallelism|](2).Select(t => t.Length);" },
        { "record", "job.From(things).Select(t => t.Length).[|WithParallelism|](2);" },
        { "record", "job.From(flights).Select(f => new Thing(f.Origin)).[|WithParallelism|](2).To(sink);" },
        { "record", "job.From(things).To(sink).[|WithParallelism|](1);" },
        { "record", "var one = job.From(things).Id(\"one\"); one.[|WithParallelism|](1).Where(t => t.Length > 1);" },
        { "record", "job.From(flights).KeyBy(f => f.Origin).Window(Day).Aggregate(g => new Thing(g.Key)).[|WithParallelism|](2).To(sink);" },
        { "record", "Helpers.[|Spread|](job.From(things));" },
        { "record", "job.From(things).[|Spread|]();" },
        { "record", "Helpers.[|Twice|](job.From(things));" },
        { "record", "Helpers.[|Boxed|](job.From(flights), f => new Thing(f.Origin));" },
        { "record", "new Host<Thing>().[|Dealt|](job.From(things));" },
        { "key", "job.From(flights).[|KeyBy|](f => new Thing(f.Origin));" },
        { "key", "job.From(flights).[|GroupBy|](f => new[] { new Thing(f.Origin) });" },
        { "key", "var keyed = from f in job.From(flights) [|group f by new Thing(f.Origin)|];" },
        { "key", "job.From(flights).[|By|](f => new Thing(f.Origin));" },
        { "accumulator", "job.From(flights).KeyBy(f => f.Origin).Window(Day).[|Aggregate|](new Fold<Thing>());" },
        { "accumulator", "job.From(flights).KeyBy(f => f.Origin).Window(Day).[|Aggregate|](new Fold<Thing>(), (key, window, n) => n);" },
        { "state", "job.From(flights).KeyBy(f => f.Origin).[|Process|](() => new Keeping<Thing>());" },
        { "state", "Helpers.[|Kept<Thing>|](job.From(flights).KeyBy(f => f.Origin));" },
        { "state", "job.From(flights).KeyBy(f => f.Origin).Window(Day).[|Trigger|](new Waiting<Thing>()).Aggregate(g => g.Count());" },
        { "state", "job.From(flights).KeyBy(f => f.Origin).Window(Day).Retracting().[|Aggregate|](g => new Thing(g.Key));" },
        { "named", "Codecs.[|Of<Thing>|]();" },
        { "named", "Console.WriteLine(new Splits());" },
    };

    public static TheoryData<string> Harmless => new()
    {
        "job.From(things).Where(t => t.Length > 1).Select(t => t.Length).Rebalance();",
        "job.From(things).WithParallelism(2).Where(t => t.Length > 1).WithParallelism(2).Select(t => t.Length).WithParallelism(2);",
        "job.From(things).Id(\"things\").Select(t => t.Length).KeyBy(n => n);",
        "job.From(flights).KeyBy(f => f.Origin).Window(Day).Aggregate(new Fold<int>(), (key, window, n) => new Thing(key)).To(sink);",
        "Windows(job, flights).Aggregate(g => new Thing(g.Key)).To(sink);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).Count());",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).Max(t => t.Length));",

        // Not compiled, and so kept as records: those of a KeyBy, which has been looked at.
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).First().Length);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).FirstOrDefault()!.Length);",
        "Windows(job, flights).Aggregate(g => g.MinBy(f => new Thing(f.Origin))!.Delay);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).MaxBy(t => t.Length)!.Length);",
        "Windows(job, flights).Aggregate(g => g.Aggregate(new Thing(\"\"), (all, f) => f.Delay > 1 ? all : all).Length);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).Distinct().Count());",
        "Windows(job, flights).Aggregate(g => g.Max(f => new Thing(f.Origin))!.Length);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).ToList().Count);",
        "Windows(job, flights).Aggregate(g => g.Select(f => new Thing(f.Origin)).Last().Length);",
        "Helpers.Spread(job.From(flights));",
        "Codecs.Find<Thing>();",
        "Codecs.Of<Registered>();",
    };

    [Theory]
    [MemberData(nameof(Pipelines))]
    public Task What_has_no_codec_is_an_error_where_a_job_would_ask_for_it(string kind, string statements)
    {
        Assert.NotEmpty(kind);
        return AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", Source(statements, statements.Contains("Splits", StringComparison.Ordinal)), Thing);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public Task What_no_job_asks_for_needs_none(string statements) => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", Source(statements), Thing);

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void With_a_type_that_can_have_one_each_gets_it(string kind, string statements)
    {
        var source = Source(statements, hasSplits: true).Replace("[|", "", StringComparison.Ordinal)
            .Replace("|]", "", StringComparison.Ordinal);
        var written = Compile.Source("using Weir; using Thing = Air.Box; namespace Air; public sealed record Flight(string Origin, int Delay);"
            + source).Run(new CodecGenerator()).Text();
        Assert.True(written.Contains("Codec<global::Air.Box>", StringComparison.Ordinal), $"{kind}: {written}");
    }

    [Fact]
    public void Every_place_that_asks_for_a_codec_is_known()
    {
        var asking = new[] { "src/Runtime", "src/Generators", "src/Dsl/State" }
            .SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(file => Demand().IsMatch(File.ReadAllText(file)))
            .Select(Repository.NameOf)
            .Where(file => file != "src/Dsl/State/Codecs.cs");
        Assert.Equal(Places.Keys.Order(StringComparer.Ordinal), asking.Order(StringComparer.Ordinal));

        var kinds = Pipelines.Select(row => row.Data.Item1).ToHashSet(StringComparer.Ordinal);
        Assert.All(Places.Values.Where(value => value is not (BuiltIn or Parts or Kept or Tool)),
            value => Assert.All(value.Split(", "), kind => Assert.Contains(kind, kinds)));
    }

    [GeneratedRegex(@"\bCodecs\.(Of|Find)<")]
    private static partial Regex Demand();

    private static string Source(string statements, bool hasSplits = false) => $$"""

        public sealed record Box(string Text) : IComparable<Box> { public int Length => Text.Length; public int CompareTo(Box? other) => 0; }
        public sealed record Registered(object Any);
        public static class Setup { public static void Run(Codec<Registered> codec) => Codecs.Register(codec); }
        {{(hasSplits ? "public sealed class Splits { public Codec<Thing> SplitCodec => Codecs.[|Of<Thing>|](); }" : "")}}
        public sealed class Fold<T> : IAggregate<Flight, T, int>
        {
            public T Create() => default!;
            public void Add(ref T accumulator, in Flight record) { }
            public void Merge(ref T accumulator, in T other) { }
            public int Result(in T accumulator) => 0;
        }

        public sealed class Keeping<T> : KeyedProcess<string, Flight, int>
        {
            public ListState<T> All { get; } = new();
            public override void OnRecord(Flight record, ProcessContext<string, int> context) { }
        }

        public sealed class Waiting<T> : Trigger<Flight, T>
        {
            public override TriggerResult OnRecord(Flight record, long time, ref T state, TriggerContext context) => TriggerResult.Wait;
        }

        public static class Helpers
        {
            public static Stream<int> Kept<T>(KeyedStream<Flight, string> keyed) => keyed.Process(() => new Keeping<T>());
            public static Stream<T> Spread<T>(this Stream<T> all) => all.Rebalance();
            public static Stream<T> Twice<T>(Stream<T> all) => Spread(all.Where(one => one != null));
            public static KeyedStream<T, TKey> By<T, TKey>(this Stream<T> all, Func<T, TKey> key) => all.KeyBy(key);
            public static Stream<List<TOut>> Boxed<T, TOut>(Stream<T> all, Func<T, TOut> make) =>
                all.Select(one => new List<TOut> { make(one) }).Rebalance();
        }

        public sealed class Host<T>
        {
            public Stream<T> Dealt(Stream<T> all) => all.Rebalance();
        }

        public class P
        {
            private static readonly WindowKind Day = Tumbling.Of(TimeSpan.FromDays(1));

            private static WindowedStream<Flight, string> Windows(Job job, ISource<Flight> flights) =>
                job.From(flights).KeyBy(f => f.Origin).Window(Day);

            [Pipeline] public static void Define(Job job, ISource<Flight> flights, ISource<Thing> things, ISink<Thing> sink)
            {
                {{statements}}
            }
        }
        """;
}
