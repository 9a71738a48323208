using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>Behind which stages records carry event times.</summary>
internal sealed class EventTimes
{
    private readonly HashSet<Stage> _timed = [];

    public EventTimes(PipelineGraph graph)
    {
        foreach (var stage in graph.Stages)
        {
            var (assigns, needs) = stage.Accept(Use.Instance);
            if (assigns || needs || (stage.Inputs.Length > 0 && stage.Inputs.All(_timed.Contains)))
            {
                _timed.Add(stage);
            }
        }
    }

    public static bool AreNeededBy(Stage stage) => stage.Accept(Use.Instance).Needs;

    public bool AreBehind(Stage stage) => _timed.Contains(stage);

    /// <summary>Whether a stage assigns event times, and whether it needs them.</summary>
    private sealed class Use : IStageVisitor<(bool Assigns, bool Needs)>
    {
        public static readonly Use Instance = new();

        public (bool Assigns, bool Needs) Visit<T>(FromStage<T> stage) => default;

        public (bool Assigns, bool Needs) Visit<T>(EventTimeStage<T> stage) => (true, false);

        public (bool Assigns, bool Needs) Visit<T>(WhereStage<T> stage) => default;

        public (bool Assigns, bool Needs) Visit<T, TOut>(SelectStage<T, TOut> stage) => default;

        public (bool Assigns, bool Needs) Visit<T, TOut>(SelectManyStage<T, TOut> stage) => default;

        public (bool Assigns, bool Needs) Visit<T, TKey>(KeyByStage<T, TKey> stage) => default;

        public (bool Assigns, bool Needs) Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage) => (false, true);

        public (bool Assigns, bool Needs) Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage) => (false, true);

        public (bool Assigns, bool Needs) Visit<T>(RebalanceStage<T> stage) => default;

        public (bool Assigns, bool Needs) Visit<T>(UnionStage<T> stage) => default;

        public (bool Assigns, bool Needs) Visit<T>(ToStage<T> stage) => default;
    }
}
