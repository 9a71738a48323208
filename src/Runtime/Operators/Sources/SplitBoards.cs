namespace Weir.Runtime.Operators.Sources;

/// <summary>The boards of all sources of an attempt, by operator id. Used while subtasks are built.</summary>
internal sealed class SplitBoards
{
    private readonly Dictionary<string, object> _boards = [];

    /// <summary>The board that the subtasks of a source share.</summary>
    public SplitBoard<TSplit> Of<TSplit>(string id, int parallelism, SplitOrder order)
    {
        if (!_boards.TryGetValue(id, out var board))
        {
            _boards[id] = board = new SplitBoard<TSplit>(parallelism, order == SplitOrder.InTimeOrder);
        }

        return (SplitBoard<TSplit>)board;
    }
}
