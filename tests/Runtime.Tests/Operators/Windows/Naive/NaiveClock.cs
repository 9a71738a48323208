namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>How far time has come in a script.</summary>
internal sealed class NaiveClock
{
    /// <summary>Gets or sets the watermark.</summary>
    public long Watermark { get; set; } = long.MinValue;

    /// <summary>Gets or sets the clock.</summary>
    public long Clock { get; set; }
}
