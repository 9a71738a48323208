using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Jobs;

namespace Weir.Properties.Tests;

/// <summary>Windows of so many records over one stream in order.</summary>
internal sealed record CountCase(int Size, int Slide, Run Run, IReadOnlyList<Event> Events)
{
    public static Gen<CountCase> Cases =>
        from size in Gen.Choose(1, 7)
        from slide in Gen.Choose(1, 9)
        from isTumbling in Gen.Elements(true, false)
        from parallelism in Gen.Choose(1, 4)
        from capacity in Gen.Elements(1, 2, 7, 64)
        from interpreted in Gen.Elements(true, false)
        from events in Streams.Events(80, step: 8, origin: 0)
        select new CountCase(size, isTumbling ? size : slide, new Run(parallelism, capacity, interpreted), events);

    public IEnumerable<CountCase> Smaller() => Property.Shorter(Events).Select(events => this with { Events = events });

    /// <summary>Says how the product differs from the definition: behind each <c>Slide</c> records, the last <c>Size</c>.</summary>
    public string? Difference()
    {
        var expected = Run.Sorted(
            from key in Events.GroupBy(taken => taken.Key)
            let records = key.ToList()
            from end in Enumerable.Range(1, records.Count)
            where end % Slide == 0
            let last = records.Take(end).TakeLast(Size).ToList()
            select new Outcome(key.Key, 0, 0, last.Count, last.Sum(taken => taken.Value)));
        var kind = Size == Slide ? CountWindow.Of(Size) : CountWindow.Of(Size, Slide);
        var actual = Run.Of((job, sink) => WindowPipelines.Counted(job, new ListSource<Event>(Events), sink, kind));
        return expected.SequenceEqual(actual)
            ? null
            : $"{this}\nexpected {string.Join("; ", expected)}\nbut came {string.Join("; ", actual)}";
    }

    public override string ToString() => $"{Size} records every {Slide}, {Run}: {string.Join(' ', Events)}";
}
