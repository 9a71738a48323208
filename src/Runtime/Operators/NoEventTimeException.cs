namespace Weir.Runtime.Operators;

/// <summary>A record without event time came to windows that time cuts. Replaying it would fail again.</summary>
/// <param name="id">The operator.</param>
/// <param name="windows">Its windows.</param>
public sealed class NoEventTimeException(string id, AnyWindows windows)
    : InvalidOperationException(
        $"Operator '{id}': a record has no event time, so that it is in no window of the kind '{windows}'. Give each record a time in "
            + "WithEventTime, and filter such records out before."), IPermanentFailure;
