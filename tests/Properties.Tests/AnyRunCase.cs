using FsCheck;
using FsCheck.Fluent;
using Weir.Properties.Tests.Jobs;
using Weir.Properties.Tests.Model;

namespace Weir.Properties.Tests;

/// <summary>Windows over streams that are read side by side, none of whose records is late: however they are run, the set is one.</summary>
internal sealed record AnyRunCase(WindowsOf Windows, Run Run, IReadOnlyList<IReadOnlyList<Event>> Splits)
{
    public static Gen<AnyRunCase> Of(Gen<WindowsOf> windows) =>
        from kind in windows
        from parallelism in Gen.Choose(1, 4)
        from capacity in Gen.Elements(1, 2, 7, 64, 1024)
        from interpreted in Gen.Elements(true, false)
        from count in Gen.Choose(1, 5)
        from splits in Gen.ListOf(Streams.Events(40, kind.Step, kind.Origin), count)
        select new AnyRunCase(kind, new Run(parallelism, capacity, interpreted), [.. splits]);

    public IEnumerable<AnyRunCase> Smaller()
    {
        for (var i = 0; i < Splits.Count; i++)
        {
            if (Splits.Count > 1)
            {
                yield return this with { Splits = [.. Splits.Take(i), .. Splits.Skip(i + 1)] };
            }

            foreach (var events in Property.Shorter(Splits[i]))
            {
                yield return this with { Splits = [.. Splits.Take(i), events, .. Splits.Skip(i + 1)] };
            }
        }
    }

    /// <summary>Says how the product differs from the model; null if it does not.</summary>
    public string? Difference()
    {
        // Nothing is as late as this.
        var disorder = 2000 * Windows.Step;
        var expected = Run.Sorted(NaiveWindows.Run(Windows, Firing.AtTheEnd, lateness: 0, Splits.SelectMany(split => split), disorder));
        var actual = Run.Of((job, sink) => WindowPipelines.InTime(
            job, new ListSource<Event>([.. Splits]), sink, Windows.Kind, TimeSpan.FromMicroseconds(disorder)));
        return expected.SequenceEqual(actual)
            ? null
            : $"{this}\nexpected {string.Join("; ", expected)}\nbut came {string.Join("; ", actual)}";
    }

    public override string ToString() =>
        $"{Windows}, {Run}: {string.Join(" | ", Splits.Select(split => string.Join(' ', split)))}";
}
