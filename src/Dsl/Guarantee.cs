namespace Weir;

/// <summary>How often a record counts in the output, failures included.</summary>
public enum Guarantee
{
    /// <summary>Nothing is asked for: the job gives the best that its sources and sinks can.</summary>
    Unspecified,

    /// <summary>Each record counts, some of them more than once after a failure.</summary>
    AtLeastOnce,

    /// <summary>
    /// Each record counts once. Every source must be able to read again from a position, and every sink must be transactional or
    /// idempotent.
    /// </summary>
    ExactlyOnce,
}
