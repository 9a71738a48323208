using Weir.Runtime.Channels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Sources;

/// <content>What ends: a split, and the source.</content>
internal sealed partial class SourceOperator<T, TSplit>
{
    private bool IsAtEnd() => _reading.Count == 0 && _board.AskAgainIn is null && _board.Count(_subtask.Index).Own == 0;

    private void EndLane()
    {
        if (_ended >= 0)
        {
            var lane = _ended;
            _ended = -1;
            _lanes.End(lane, _reading.Count == 0);
        }
    }

    private HeadStep End()
    {
        _isExhausted = true;
        _next.OnWatermark(Watermark.EndOfTime);
        return HeadStep.Exhausted;
    }
}
