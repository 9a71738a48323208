namespace Weir;

/// <summary>A source that is one sequence, whatever makes it: one split, whose offset counts records.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class SequenceSource<T> : Source<T, SequencePart>
{
    public override Codec<SequencePart> SplitCodec => SequencePartCodec.Instance;

    public override ValueTask<IReadOnlyList<SequencePart>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<SequencePart>>([SequencePart.Whole]);

    public override Offset StartOf(SequencePart split) => new(0);

    public override string? Refuse(SequencePart split) => split == SequencePart.Whole
        ? null
        : "it is a part of what another source makes. Give the operators of the two their own ids, or begin with new checkpoints";

    /// <summary>The name of the records' type, for messages.</summary>
    protected static string NameOf() => typeof(T).Name.Split('`')[0];
}
