using Weir.Runtime.State;

namespace Weir.Runtime.Time;

/// <summary>A generator of watermarks, as its clock sees it: with what it remembers of each lane.</summary>
internal interface ILaneGenerators
{
    /// <summary>Gets the form of what is stored of a lane.</summary>
    SchemaMember Schema { get; }

    /// <summary>Begins a lane anew: from what a checkpoint held of it, or from nothing.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="name">Its name.</param>
    /// <returns>What it has promised already; <see cref="long.MinValue"/> if nothing.</returns>
    long Begin(int lane, string name);

    /// <summary>What a lane has promised.</summary>
    long PromisedBy(int lane);

    /// <summary>The event time of the record that made a lane promise what it does; null if the clock did, or an earlier attempt.</summary>
    long? MovedBy(int lane);

    /// <summary>A period has passed.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="now">The processing time.</param>
    void OnPeriodic(int lane, long now);

    /// <summary>Writes what is remembered of a lane, if anything is.</summary>
    void Write(OperatorStateWriter writer, int lane, string name);

    /// <summary>Takes what a checkpoint holds, of all lanes of all subtasks.</summary>
    void Restore(OperatorState state);
}
