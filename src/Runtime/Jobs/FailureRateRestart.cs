using System.Collections.Immutable;

namespace Weir;

/// <summary>Restarts as long as no interval holds more than a number of failures: semantics G9.</summary>
internal sealed record FailureRateRestart(int MaxFailures, TimeSpan Interval, TimeSpan Pause) : RestartStrategy
{
    /// <summary>Gets when the failures of the last interval were.</summary>
    public ImmutableArray<TimeSpan> Recent { get; init; } = [];

    internal override bool MayRestart => Recent.Length <= MaxFailures;

    internal override TimeSpan Delay => Recent.IsEmpty ? throw NoFailureYet() : Pause;

    internal override RestartStrategy OnFailure(TimeSpan now, Func<double> random) =>
        this with { Recent = [.. Recent.Where(at => now - at <= Interval), now] };
}
