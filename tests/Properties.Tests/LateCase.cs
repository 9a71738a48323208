using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Jobs;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Windows over a stream whose watermark goes on with each record, so that which records are late is known.</summary>
internal sealed record LateCase(
    WindowsOf Windows, Firing Firing, long Lateness, long Disorder, Run Run, IReadOnlyList<Event> Events)
{
    /// <summary>Windows that fire at their ends, and are forgotten then.</summary>
    public static Gen<LateCase> Of(Gen<WindowsOf> windows) =>
        from kind in windows
        from tried in Of(kind, Firing.AtTheEnd, lateness: 0)
        select tried;

    /// <summary>Windows that are kept for longer, fire at other times, or are emptied.</summary>
    public static Gen<LateCase> General(Gen<WindowsOf> windows) =>
        from kind in windows
        from firing in Gen.OneOf(
            Gen.Constant(Firing.AtTheEnd),
            Gen.Choose(1, 4).Select(count => Firing.Each(count)),
            Gen.Choose(1, 5).Select(steps => Firing.Every(steps * kind.Step)))
        from isPurging in Gen.Elements(true, false)
        from lateness in Gen.Elements(0L, 1, kind.Step, 5 * kind.Step)
        from tried in Of(kind, isPurging ? firing.Purging() : firing, lateness)
        select tried;

    public IEnumerable<LateCase> Smaller()
    {
        foreach (var events in Property.Shorter(Events))
        {
            yield return this with { Events = events };
        }

        if (Run.Parallelism > 1)
        {
            yield return this with { Run = Run with { Parallelism = 1 } };
        }
    }

    /// <summary>Says how the product differs from the model; null if it does not.</summary>
    public string? Difference()
    {
        var expected = Run.Sorted(NaiveWindows.Run(Windows, Firing, Lateness, Events, Disorder));
        var actual = Run.Of((job, sink) => WindowPipelines.Late(
            job, new ListSource<Event>(Events), sink, this));
        return expected.SequenceEqual(actual)
            ? null
            : $"{this}\nexpected {string.Join("; ", expected)}\nbut came {string.Join("; ", actual)}";
    }

    public override string ToString() =>
        $"{Windows}, {Firing}, lateness {Lateness}, disorder {Disorder}, {Run}: {string.Join(' ', Events)}";

    private static Gen<LateCase> Of(WindowsOf kind, Firing firing, long lateness) =>
        from disorder in Gen.Elements(0L, 1, kind.Step, 6 * kind.Step)
        from parallelism in Gen.Choose(1, 4)
        from interpreted in Gen.Elements(true, false)
        from events in Streams.Events(60, kind.Step, kind.Origin)
        select new LateCase(kind, firing, lateness, disorder, new Run(parallelism, BatchCapacity: 1, interpreted), events);
}
