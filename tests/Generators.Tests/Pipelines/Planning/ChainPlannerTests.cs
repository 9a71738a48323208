using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Tests.Pipelines.Planning;

/// <summary>
/// Which loops are listed for a pipeline. A letter is a stage: F From, E WithEventTime, W Where, S Select, K KeyBy, A Aggregate, R
/// Rebalance, T To.
/// </summary>
public sealed class ChainPlannerTests
{
    [Fact]
    public void A_chain_without_keys_is_one_loop() => Assert.Equal(["1 2 3"], Plan("FWSWT"));

    [Fact]
    public void A_keyed_chain_is_fused_and_cut() => Assert.Equal(["1 2 3 4 agg", "1 2 3 exchange", "4 agg", "5 6"], Plan("FEWKASWT"));

    [Fact]
    public void An_aggregate_follows_an_aggregate() =>
        Assert.Equal(["1 2 3 agg", "1 2 exchange", "3 agg", "4 5 6 agg", "4 5 exchange", "6 agg", "7"], Plan("FEKAWKAWT"));

    [Fact]
    public void A_rebalance_is_a_boundary() => Assert.Equal(["1", "3"], Plan("FWRST"));

    [Fact]
    public void A_stream_used_twice_is_a_boundary() =>
        Assert.Equal(["1", "2 3"], Plan("FWSST", edit: stages => stages[1] = stages[1] with { Call = stages[1].Call with { Users = 2 } }));

    [Fact]
    public void A_parallelism_gives_both_sides_and_the_whole() =>
        Assert.Equal(["1", "1 2", "1 2 3", "2", "2 3", "3"],
            Plan("FWSWT", edit: stages => stages[2] = stages[2] with { Call = stages[2].Call with { HasParallelism = true } }));

    [Fact]
    public void What_cannot_be_compiled_is_left_out() =>
        Assert.Equal(["1", "3"], Plan("FWSWT", edit: stages => stages[2] = (RecordStageModel)stages[2] with { CanCompile = false }));

    [Fact]
    public void Before_a_buffered_aggregate_the_stages_are_a_loop_of_their_own() =>
        Assert.Equal(["1 2", "1 2 3 exchange", "5"],
            Plan("FEWKAST", edit: stages => stages[4] = (AggregateStageModel)stages[4] with { Aggregate = null }));

    [Fact]
    public void A_second_clock_begins_a_loop() => Assert.Equal(["1 2", "3 4"], Plan("FEWEST"));

    [Fact]
    public void Anonymous_records_stay_within_a_loop() =>
        Assert.Equal(["1 2 3"], Plan("FWSSST", edit: stages =>
        {
            stages[2] = stages[2] with { Out = null };
            stages[3] = stages[3] with { In = null };
            stages[4] = stages[4] with { Out = null };
        }));

    [Fact]
    public void Windows_without_times_are_left_out() => Assert.Equal(["1 exchange"], Plan("FKAT"));

    [Fact]
    public void Where_times_are_unknown_there_is_a_loop_for_each_case_until_they_are_assigned() =>
        Assert.Equal(["1", "1", "2 3"], Plan("FWEST", edit: stages =>
        {
            stages[1] = stages[1] with { Times = TimeKnowledge.Unknown, Call = stages[1].Call with { Users = 2 } };
        }));

    [Fact]
    public void Times_are_read_only_where_they_came_from_upstream()
    {
        var plan = ChainPlanner.Plan(Pipeline("FEKAWT", _ => { }));

        Assert.Equal([false, false, true, true], plan.Spans.Select(span => span.ReadsTimes));
        Assert.All(plan.Spans, span => Assert.True(span.HasTimes));
    }

    private static string[] Plan(string verbs, Action<List<StageModel>>? edit = null) =>
        [.. ChainPlanner.Plan(Pipeline(verbs, edit ?? (_ => { }))).Spans.Select(span => string.Join(' ', span.Stages) + span.Kind switch
        {
            SpanKind.Aggregate => " agg",
            SpanKind.Exchange => " exchange",
            _ => "",
        })];

    private static PipelineModel Pipeline(string verbs, Action<List<StageModel>> edit)
    {
        var stages = new List<StageModel>();
        var times = TimeKnowledge.Untimed;
        foreach (var verb in verbs)
        {
            times = verb is 'E' or 'A' ? TimeKnowledge.Timed : times;
            stages.Add(Stage(verb, stages.Count, times));
        }

        edit(stages);
        return new PipelineModel
        {
            Title = "P",
            HintName = "P.g.cs",
            File = "P.cs",
            Stages = new EquatableArray<StageModel>([.. stages]),
        };
    }

    private static StageModel Stage(char verb, int position, TimeKnowledge times)
    {
        var inputs = position == 0 ? default : new EquatableArray<StageInputModel>(
            [new StageInputModel { Stage = position - 1, Possible = new([position - 1]) }]);
        return verb switch
        {
            'E' => Record(RecordKind.AssignTime),
            'W' => Record(RecordKind.Filter),
            'S' => Record(RecordKind.Map),
            'K' => new KeyByStageModel
            {
                Call = Call("KeyBy"),
                In = "int",
                Out = "int",
                Times = times,
                Function = Function,
                FunctionParameter = "key",
                Taken = "int",
                ResultType = "int",
                CanCompile = true,
                AllowsLookahead = false,
                TakesNull = false,
                Key = new KeyModel
                {
                    Type = "int",
                    Whole = new KeyPartModel { Member = null, Type = "int", Form = KeyForm.Integer, Parts = default },
                    CanBeNull = false,
                },
            },
            'A' => new AggregateStageModel
            {
                Call = Call("Aggregate"),
                In = "int",
                Out = "int",
                Times = times,
                Aggregate = new CustomAggregateModel { Record = "int", Accumulator = "int", Value = "int", Reduce = null, Sealed = null, Result = null, Changed = null, GoesToProcess = false },
                TakesLate = false,
                MakesRankings = false,
                Loops = WindowForms.Sliced,
            },
            _ => new BoundaryStageModel
            {
                IsDirect = true,
                Call = Call($"{verb}"),
                In = "int",
                Out = "int",
                Times = times,
            },
        };

        StageCallModel Call(string name) => new()
        {
            Verb = name,
            Inputs = inputs,
            Users = 1,
            HasParallelism = false,
            CatchesErrors = false,
            Line = 1,
            File = "P.cs",
            Site = Site(position),
            IsCertain = true,
            Signature = Signature,
        };

        RecordStageModel Record(RecordKind kind) => new()
        {
            Kind = kind,
            Call = Call($"{kind}"),
            In = "int",
            Out = "int",
            Times = times,
            Function = Function,
            FunctionParameter = "function",
            Taken = "int",
            Made = "int",
            Item = null,
            ResultType = "int",
            CanCompile = true,
            HasMarks = false,
            AllowsLookahead = false,
            IsUnmanaged = true,
        };
    }

    private static VerbSignatureModel Signature =>
        new() { TypeParameters = default, Constraints = default, Returns = "int", Receiver = "int", IsExtension = true, Parameters = default };

    private static SiteModel Site(int position) => new() { Name = $"{position}", IsOwn = true, IsCall = true };

    private static DelegateFunctionModel Function =>
        new() { Span = new LineSpanModel { File = null, StartLine = 1, StartColumn = 1, EndLine = 1, EndColumn = 1 }, Why = "", Cure = "" };
}
