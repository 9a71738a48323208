namespace Weir;

/// <summary>Reads a sequence that can be made again: an attempt goes on behind the record that its checkpoint names.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="open">Makes the sequence, without so many records.</param>
internal sealed class ReplayedSource<T>(Func<long, IPull<T>> open) : SequenceSource<T>
{
    public override string Description => $"a sequence of {NameOf()} that is made anew for each attempt";

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context)
    {
        var pump = new Pump<T>(open(offset.Value), Describe);
        pump.Attach(context);
        return new PumpReader<T>(pump, offset, owns: true);
    }

    // A cancellation of somebody else's is no cancellation of the job.
    private static Exception Describe(Exception failure) => failure is OperationCanceledException
        ? new InvalidOperationException("The sequence was cancelled, but not by the job.", failure)
        : failure;
}
