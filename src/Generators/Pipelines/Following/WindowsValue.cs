using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>What is known of the windows of a stream.</summary>
/// <param name="At">Where it was cut; null for elsewhere.</param>
/// <param name="Forms">The forms that they may be kept in.</param>
/// <param name="NeedEventTime">Whether records need event times to be cut; null if nobody knows.</param>
/// <param name="TakeLate">Whether late records go to a stream of their own; null if nobody knows.</param>
internal sealed record WindowsValue(SyntaxNode? At, WindowForms Forms, bool? NeedEventTime, bool? TakeLate)
{
    /// <summary>Windows that were cut where nobody follows.</summary>
    public static readonly WindowsValue Elsewhere = new(null, WindowForms.Any, null, null);

    /// <summary>The windows behind a verb that says more of them.</summary>
    public WindowsValue Behind(VerbCall verb) => verb.Verb == "LateTo"
        ? this with { TakeLate = true }
        : this with { Forms = Forms | WindowForms.General };

    public WindowsValue Or(WindowsValue other) => this == other ? this : new(
        At ?? other.At,
        Forms | other.Forms,
        NeedEventTime == other.NeedEventTime ? NeedEventTime : null,
        TakeLate == other.TakeLate ? TakeLate : null);
}
