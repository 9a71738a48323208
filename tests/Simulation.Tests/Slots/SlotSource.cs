using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests.Slots;

/// <summary>Follows the slots of a model of a log by the protocol of the changes of PostgreSQL.</summary>
/// <param name="log">The log.</param>
/// <param name="slots">The names of the slots.</param>
/// <param name="ahead">How many transactions are fetched at once.</param>
/// <param name="breakage">What it does wrong.</param>
internal sealed class SlotSource(LogConnection log, IReadOnlyList<string> slots, int ahead, SlotBreakage breakage) : Source<Flight, string>
{
    public override string Description => "a model of a log with slots";

    public override Codec<string> SplitCodec => Codecs.Of<string>();

    public override ValueTask<IReadOnlyList<string>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult(slots);

    public override Offset StartOf(string split) => new(1);

    public override ISplitReader<Flight> Open(string split, Offset offset, SourceContext context) =>
        new SlotReader(log, split, offset, ahead, breakage, context);
}
