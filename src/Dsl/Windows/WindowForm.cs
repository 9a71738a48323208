namespace Weir;

/// <summary>The form in which windows are kept: what the runtime picks an operator by, and generated code a loop.</summary>
public enum WindowForm
{
    /// <summary>Aligned windows of event time that fire once, at their ends: accumulators by slice and key.</summary>
    Sliced,

    /// <summary>Sessions of event time with a fixed gap that fire once, at their ends: one accumulator a key, mostly.</summary>
    Session,

    /// <summary>So many records a window, side by side: one accumulator a key.</summary>
    Counted,

    /// <summary>No windows: one accumulator a key, and a result at each record.</summary>
    Running,

    /// <summary>Anything else: triggers, evictors, allowed lateness, processing time, windows of the user's own.</summary>
    General,
}
