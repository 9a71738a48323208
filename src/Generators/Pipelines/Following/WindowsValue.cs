using Microsoft.CodeAnalysis;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>What is known of the windows of a stream.</summary>
/// <param name="At">Where it was cut; null for elsewhere.</param>
/// <param name="Forms">The forms that they may be kept in.</param>
/// <param name="NeedEventTime">Whether records need event times to be cut; null if nobody knows.</param>
/// <param name="Evict">Whether something may take records out of them.</param>
/// <param name="TakeLate">Whether late records go to a stream of their own; null if nobody knows.</param>
internal sealed record WindowsValue(SyntaxNode? At, WindowForms Forms, bool? NeedEventTime, bool Evict, bool? TakeLate)
{
    /// <summary>Windows that were cut where nobody follows.</summary>
    public static readonly WindowsValue Elsewhere = new(null, WindowForms.Any, null, false, null);

    /// <summary>None: the records of a key so far, at each record.</summary>
    public static readonly WindowsValue Running = new(null, WindowForms.Running, NeedEventTime: false, Evict: false, TakeLate: false);

    /// <summary>Gets a value indicating whether some of them become one.</summary>
    public bool Merge { get; init; }

    /// <summary>
    /// Gets a value indicating whether a record may be in several windows that numbers of records make. They share panes only where nothing
    /// else is said of them: else the records are kept, and taken out of the window that fires.
    /// </summary>
    public bool ShareCounted { get; init; }

    /// <summary>Gets a value indicating whether they are known to keep their records in the general form.</summary>
    public bool KeepRecords => Evict || ShareCounted;

    /// <summary>The windows behind a verb that says more of them.</summary>
    public WindowsValue Behind(VerbCall verb) => verb.Verb switch
    {
        "LateTo" => this with { TakeLate = true },

        // A lateness of nothing changes nothing.
        "AllowLateness" => this with { Forms = Forms | WindowForms.General },
        "Evict" => this with { Forms = WindowForms.General, Evict = true },

        // A trigger may count on event times where the windows do not.
        "Trigger" => this with { Forms = WindowForms.General, NeedEventTime = NeedEventTime == true ? true : null },
        _ => this with { Forms = WindowForms.General },
    };

    public WindowsValue Or(WindowsValue other) => this == other ? this : new(
        At ?? other.At,
        Forms | other.Forms,
        NeedEventTime == other.NeedEventTime ? NeedEventTime : null,
        Evict || other.Evict,
        TakeLate == other.TakeLate ? TakeLate : null)
    {
        Merge = Merge || other.Merge,
        ShareCounted = ShareCounted || other.ShareCounted,
    };
}
