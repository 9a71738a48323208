namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Goes through sets of forms.</summary>
internal static class WindowFormSet
{
    private static readonly WindowForms[] All =
        [WindowForms.Sliced, WindowForms.Session, WindowForms.Counted, WindowForms.General, WindowForms.Running];

    /// <summary>The forms of a set, in a fixed order.</summary>
    public static IEnumerable<WindowForms> Of(WindowForms set) => All.Where(form => (set & form) != 0);
}
