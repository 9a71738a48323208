using System.Runtime.CompilerServices;

namespace Weir.Runtime.Streams;

/// <summary>
/// Says to the operators of one subtask whether there is room for what they make, and knows who was stopped in the middle.
/// </summary>
/// <remarks>
/// There is none once an output has not taken a batch, or once a step has made <see cref="RecordsAStep"/> records out of few: a step stays
/// bounded also where nothing ever fills up. Operators that put out at most one record for each that comes in need not ask.
/// </remarks>
public sealed class Flow : IDisposable
{
    /// <summary>The most records that resumable operators make in one step of their subtask.</summary>
    public const int RecordsAStep = 16_384;

    // From the last operator of the chain to the first, as they are built.
    private readonly List<(IResumable Operator, string Ids)> _resumables = [];
    private int _left = RecordsAStep;

    /// <summary>Gets a value indicating whether another record may be made now.</summary>
    public bool HasRoom => _left > 0;

    /// <summary>Gets a value indicating whether any operator was stopped in the middle.</summary>
    public bool IsHeld
    {
        get
        {
            foreach (var (resumable, _) in _resumables)
            {
                if (resumable.IsHeld)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Gets the ids of the operators being resumed, for messages; null if none is.</summary>
    internal string? Resuming { get; private set; }

    /// <summary>Asks for room for one more record.</summary>
    /// <returns>Whether it may be made; if not, the operator keeps its place and returns.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayMake()
    {
        if (_left <= 0)
        {
            return false;
        }

        _left--;
        return true;
    }

    /// <summary>An output has not taken all that it was given: nobody is to make more in this step.</summary>
    public void Close() => _left = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        List<Exception>? failures = null;
        foreach (var (resumable, _) in _resumables)
        {
            try
            {
                (resumable as IDisposable)?.Dispose();
            }
#pragma warning disable CA1031 // One that cannot be closed must not keep the others open. All are told of at the end.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                (failures ??= []).Add(failure);
            }
        }

        if (failures is not null)
        {
            throw new AggregateException(failures);
        }
    }

    /// <summary>Puts an operator on record; those behind it in the chain have been before.</summary>
    internal void Add(IResumable resumable, string ids) => _resumables.Add((resumable, ids));

    /// <summary>A step begins, all outputs have room and every sink may be written to.</summary>
    internal void Open() => _left = RecordsAStep;

    /// <summary>
    /// Lets held operators go on, the most downstream first: nobody puts anything out in front of what is held behind it.
    /// </summary>
    /// <returns>Whether nothing is held any more.</returns>
    internal bool TryResume()
    {
        foreach (var (resumable, ids) in _resumables)
        {
            if (!resumable.IsHeld)
            {
                continue;
            }

            if (!HasRoom)
            {
                return false;
            }

            // Stays set when it throws: the subtask says whose failure it was.
            Resuming = ids;
            resumable.Resume();
            Resuming = null;
            if (resumable.IsHeld)
            {
                return false;
            }
        }

        // What was put out last may have stopped somebody further down.
        return !IsHeld;
    }
}
