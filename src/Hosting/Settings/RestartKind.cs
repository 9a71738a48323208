namespace Weir.Hosting;

/// <summary>The restart strategies, by name.</summary>
public enum RestartKind
{
    /// <summary><see cref="RestartStrategy.Exponential"/>.</summary>
    Exponential,

    /// <summary><see cref="RestartStrategy.FixedDelay"/>.</summary>
    FixedDelay,

    /// <summary><see cref="RestartStrategy.FailureRate"/>.</summary>
    FailureRate,

    /// <summary><see cref="RestartStrategy.None"/>.</summary>
    None,
}
