using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Jobs;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Windows over a stream whose watermark goes on with each record, so that which records are late is known.</summary>
internal sealed record LateCase(WindowsOf Windows, long Disorder, Run Run, IReadOnlyList<Event> Events)
{
    public static Gen<LateCase> Of(Gen<WindowsOf> windows) =>
        from kind in windows
        from disorder in Gen.Elements(0L, 1, kind.Step, 6 * kind.Step)
        from parallelism in Gen.Choose(1, 4)
        from interpreted in Gen.Elements(true, false)
        from events in Streams.Events(60, kind.Step, kind.Origin)
        select new LateCase(kind, disorder, new Run(parallelism, BatchCapacity: 1, interpreted), events);

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

    public override string ToString() => $"{Windows}, disorder {Disorder}, {Run}: {string.Join(' ', Events)}";
}
