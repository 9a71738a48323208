using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Where the graph is cut: which stage begins a chain, which chain each stage belongs to, and the edges between chains.</summary>
internal sealed class ChainCuts
{
    private readonly PipelineGraph _graph;
    private readonly int[] _parallelisms;
    private readonly int[] _chains;
    private readonly List<Stage> _heads = [];
    private readonly List<EdgePlan> _edges = [];

    public ChainCuts(PipelineGraph graph, EventTimes times, int[] parallelisms)
    {
        _graph = graph;
        _parallelisms = parallelisms;
        _chains = new int[graph.Stages.Count];
        foreach (var stage in graph.Stages)
        {
            if (stage.Inputs.Length == 1 && !IsCut(stage.Inputs[0], stage))
            {
                _chains[stage.Index] = _chains[stage.Inputs[0].Index];
                continue;
            }

            _chains[stage.Index] = _heads.Count;
            _heads.Add(stage);
            foreach (var input in stage.Inputs)
            {
                _edges.Add(new EdgePlan(_edges.Count, input, _chains[input.Index], _chains[stage.Index], KindOf(input, stage), times.AreBehind(input)));
            }
        }
    }

    /// <summary>The first stage of each chain.</summary>
    public IReadOnlyList<Stage> Heads => _heads;

    public IReadOnlyList<EdgePlan> Edges => _edges;

    public int ChainOf(Stage stage) => _chains[stage.Index];

    public IEnumerable<Stage> UsersOf(Stage stage) => _graph.Stages.Where(user => user.Inputs.Contains(stage));

    /// <summary>The users of a stage in its own chain.</summary>
    public IReadOnlyList<Stage> ChildrenOf(Stage stage) => [.. UsersOf(stage).Where(user => user.Inputs.Length == 1 && !IsCut(stage, user))];

    public IReadOnlyList<EdgePlan> OutputsOf(Stage stage) => [.. _edges.Where(edge => edge.Sender == stage)];

    /// <summary>Whether a KeyBy sends records to other subtasks. If one of its users needs that, all get their records so.</summary>
    public bool IsExchange(Stage stage) =>
        stage.Verb == "KeyBy" && UsersOf(stage).Any(user => _parallelisms[stage.Index] > 1 || _parallelisms[user.Index] > 1);

    private bool IsCut(Stage input, Stage user) =>
        IsExchange(input) || Of(input) != Of(user) || user.Verb == "Union" || (user.Verb == "Rebalance" && Of(user) > 1);

    private EdgeKind KindOf(Stage input, Stage user) =>
        IsExchange(input) ? EdgeKind.Hash
        : Of(input) == Of(user) && user.Verb != "Rebalance" ? EdgeKind.Forward
        : EdgeKind.Rebalance;

    private int Of(Stage stage) => _parallelisms[stage.Index];
}
