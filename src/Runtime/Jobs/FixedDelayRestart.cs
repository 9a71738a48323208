namespace Weir;

/// <summary>Waits the same time before each of a number of restarts.</summary>
internal sealed record FixedDelayRestart(int Attempts, TimeSpan Pause) : RestartStrategy
{
    public int Failures { get; init; }

    internal override bool MayRestart => Failures <= Attempts;

    internal override TimeSpan Delay => Failures > 0 ? Pause : throw NoFailureYet();

    internal override RestartStrategy OnFailure(TimeSpan now, Func<double> random) => this with { Failures = Failures + 1 };
}
