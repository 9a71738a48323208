namespace Weir;

/// <summary>Never restarts.</summary>
internal sealed record NoRestart : RestartStrategy
{
    internal override bool MayRestart => false;

    internal override TimeSpan Delay => throw NoFailureYet();

    internal override RestartStrategy OnFailure(TimeSpan now, Func<double> random) => this;
}
