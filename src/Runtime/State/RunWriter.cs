using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>A run that is put aside and then written.</summary>
internal abstract class RunWriter
{
    /// <summary>Gets the run.</summary>
    public abstract StateRun Run { get; }

    /// <summary>Gets the runs that it is put beside.</summary>
    public abstract ImmutableArray<StateRun> Kept { get; }

    /// <summary>Puts aside a portion of what has not changed since the barrier. By the subtask, between records.</summary>
    /// <param name="portion">About how many slots are visited; what was is taken away.</param>
    /// <returns>Whether all is put aside.</returns>
    public abstract bool Sweep(ref int portion);

    /// <summary>
    /// Encodes it in pieces, when all is put aside; once, by any thread. A piece's bytes are used before the next is asked for.
    /// </summary>
    public abstract IEnumerable<KeyGroupState> Encode();
}
