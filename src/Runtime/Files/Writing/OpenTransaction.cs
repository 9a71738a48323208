namespace Weir.Runtime.Files.Writing;

/// <summary>The part files of a transaction that has not been pre-committed.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="number">The transaction.</param>
internal sealed class OpenTransaction<T>(long number)
{
    // Forcing a file to the disk takes long: it waits for the pre-commit, off the subtask's thread, unless too many files would be open by
    // then.
    private const int MaxOpenParts = 16;
    private readonly List<PartWriter<T>> _parts = [];

    public long Number => number;

    public IReadOnlyList<PartWriter<T>> Parts => _parts;

    /// <summary>Gets the part that takes records, if one does.</summary>
    public PartWriter<T>? Part { get; private set; }

    public PartWriter<T> Add(PartWriter<T> part)
    {
        _parts.Add(part);
        Part = part;
        return part;
    }

    /// <summary>Lets the next record begin a new part.</summary>
    public void EndPart(bool isDurable)
    {
        if (_parts.Count > MaxOpenParts)
        {
            Part!.Finish(isDurable);
        }

        Part = null;
    }
}
