using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Where the graph is cut: which stage begins a chain, which chain each stage belongs to, and the edges between chains.</summary>
internal sealed class ChainCuts
{
    private readonly ILookup<StageOutput, Stage> _users;
    private readonly EdgeNames _names;
    private readonly IReadOnlySet<string> _kept;
    private readonly int[] _parallelisms;
    private readonly int[] _chains;
    private readonly List<Stage> _heads = [];
    private readonly List<EdgePlan> _edges = [];

    /// <summary>Cuts a pipeline.</summary>
    /// <param name="graph">The pipeline.</param>
    /// <param name="times">Where there are event times.</param>
    /// <param name="parallelisms">The number of subtasks, by stage.</param>
    /// <param name="kept">The names of edges that are to be there, whatever the parallelism.</param>
    public ChainCuts(PipelineGraph graph, EventTimes times, int[] parallelisms, IReadOnlySet<string> kept)
    {
        _names = new EdgeNames(graph);
        _kept = kept;
        _users = graph.Stages.SelectMany(user => user.Inputs.Distinct().Select(input => (input, user)))
            .ToLookup(use => use.input, use => use.user);
        _parallelisms = parallelisms;
        _chains = new int[graph.Stages.Count];
        foreach (var stage in graph.Stages)
        {
            if (stage.Inputs is [var only] && !IsCut(only.Stage, stage))
            {
                _chains[stage.Index] = ChainOf(only.Stage);
                continue;
            }

            _chains[stage.Index] = _heads.Count;
            _heads.Add(stage);
            for (var i = 0; i < stage.Inputs.Length; i++)
            {
                var input = stage.Inputs[i];
                var kind = KindOf(input.Stage, stage);
                _edges.Add(new EdgePlan(
                    _edges.Count,
                    input,
                    ChainOf(input.Stage),
                    ChainOf(stage),
                    kind,
                    times.AreOn(input),
                    _names.Of(input, stage, stage.Inputs.Take(i).Count(other => other == input)))
                {
                    IsInLine = kind == EdgeKind.Broadcast
                        || (kind == EdgeKind.Forward && (!stage.ConnectsInputs || GoesToAll(input.Stage))),
                });
            }
        }
    }

    /// <summary>The first stage of each chain.</summary>
    public IReadOnlyList<Stage> Heads => _heads;

    public IReadOnlyList<EdgePlan> Edges => _edges;

    public int ChainOf(Stage stage) => _chains[stage.Index];

    /// <summary>The users of a stage in its own chain, whichever of its outputs they take in.</summary>
    public IReadOnlyList<Stage> ChildrenOf(Stage stage) =>
        [.. UsersOf(stage).Where(user => user.Inputs.Length == 1 && !IsCut(stage, user))];

    /// <summary>The edges that a stage sends on, whichever of its outputs.</summary>
    public IReadOnlyList<EdgePlan> OutputsOf(Stage stage) => [.. _edges.Where(edge => edge.Sender.Stage == stage)];

    /// <summary>
    /// Whether a stage that says who gets its records sends them to other subtasks. If one of its users needs that, all get theirs so.
    /// </summary>
    public bool IsExchange(Stage stage) =>
        stage.IsSendingSide && UsersOf(stage).Any(user => Of(stage) > 1 || Of(user) > 1 || IsKept(stage, user));

    // Whether every subtask puts out each record of what comes before it: a broadcast, and what makes records of it.
    private static bool GoesToAll(Stage stage) => stage.Exchange == StageExchange.ToAll
        || (stage is { Exchange: StageExchange.None, Inputs: [var only] } && GoesToAll(only.Stage));

    private IEnumerable<Stage> UsersOf(Stage stage) => stage.Outputs.SelectMany(output => _users[output]);

    private bool IsCut(Stage input, Stage user) =>
        IsExchange(input)
        || Of(input) != Of(user)
        || user.Exchange == StageExchange.Merge
        || IsKept(input, user)
        || (user.Exchange == StageExchange.Rebalance && Of(user) > 1);

    private bool IsKept(Stage input, Stage user) => _kept.Count > 0
        && input.Outputs.Where(user.Inputs.Contains).Any(output => _kept.Contains(_names.Of(output, user)));

    private EdgeKind KindOf(Stage input, Stage user) =>
        IsExchange(input) ? SentBy(input.Exchange)
        : Of(input) == Of(user) && user.Exchange != StageExchange.Rebalance ? EdgeKind.Forward
        : EdgeKind.Rebalance;

    private static EdgeKind SentBy(StageExchange exchange) => exchange switch
    {
        StageExchange.ToAll => EdgeKind.Broadcast,
        StageExchange.ByChoice => EdgeKind.Choice,
        _ => EdgeKind.Hash,
    };

    private int Of(Stage stage) => _parallelisms[stage.Index];
}
