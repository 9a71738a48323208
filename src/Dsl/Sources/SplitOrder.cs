namespace Weir;

/// <summary>
/// In which order a subtask reads the splits that are dealt to it, and what those that are unread mean for the watermark.
/// </summary>
public enum SplitOrder
{
    /// <summary>
    /// Each to its end before the next; the next begins early only when a reader has nothing for now. Splits that are unread hold the
    /// watermark back, so that the order of reading makes no record late. For files in no order.
    /// </summary>
    OneByOne,

    /// <summary>
    /// Each to its end before the next, and no record of a split is earlier than those of the splits before it, but for the disorder that
    /// <c>WithEventTime</c> allows. Splits that are unread hold nothing back. For files of one day each.
    /// </summary>
    InTimeOrder,

    /// <summary>All at the same time, in turn. For splits that do not end: partitions of a log.</summary>
    Together,
}
