namespace Weir.Runtime.Operators;

/// <summary>A record has a null key (semantics H2: null keys are rejected). Replaying it would fail again.</summary>
/// <param name="where">Which operator.</param>
public sealed class NullKeyException(string where)
    : InvalidOperationException(
        $"{where}: a record has a null key. Keys name state and cannot be null: filter such records out before KeyBy, or give them a "
            + "key."), IPermanentFailure;
