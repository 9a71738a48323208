namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// The forms in which windows may be kept, as the runtime's <c>WindowForm</c> names them: which one may be known only then.
/// </summary>
[Flags]
internal enum WindowForms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Aligned windows of event time side by side.</summary>
    Sliced = 1,

    /// <summary>Sessions of event time with a fixed gap.</summary>
    Session = 2,

    /// <summary>Numbers of records.</summary>
    Counted = 4,

    /// <summary>Anything else.</summary>
    General = 8,

    /// <summary>Aligned windows of event time that share slices; the runtime's form is <see cref="Sliced"/>.</summary>
    Overlapping = 16,

    /// <summary>No windows: a result at each record. No stream of windows is of this form, so that it is always known.</summary>
    Running = 32,

    /// <summary>Nothing is known of windows.</summary>
    Any = Sliced | Session | Counted | General | Overlapping,
}
