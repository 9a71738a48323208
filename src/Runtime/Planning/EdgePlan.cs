using System.Globalization;
using Weir.Graph;

namespace Weir.Runtime.Planning;

/// <summary>How records travel from one chain to another.</summary>
/// <param name="Index">Its position in the plan.</param>
/// <param name="Sender">What travels.</param>
/// <param name="From">The sending chain.</param>
/// <param name="To">The receiving chain.</param>
/// <param name="Kind">Who gets which record.</param>
/// <param name="IsTimed">Whether the records carry event times.</param>
/// <param name="Name">Its name, the same after a recovery (<see cref="EdgeNames"/>).</param>
internal sealed record EdgePlan(int Index, StageOutput Sender, int From, int To, EdgeKind Kind, bool IsTimed, string Name)
{
    /// <summary>
    /// Gets a value indicating whether barriers on it never overtake. It carries records that every subtask gets, so that at another
    /// parallelism each must have had such a record before the cut, or none, where there is one subtask, too. Or it says of no record whose
    /// it is: at another parallelism what was in flight would come where the key's later records do not, and these would overtake it.
    /// </summary>
    public bool IsInLine { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sender} of chain {From} by {Kind.ToString().ToLowerInvariant()}");
}

/// <summary>Who gets which record.</summary>
internal enum EdgeKind
{
    /// <summary>From each subtask to the one with the same index.</summary>
    Forward,

    /// <summary>To the owner of the key's group.</summary>
    Hash,

    /// <summary>To every receiver.</summary>
    Broadcast,

    /// <summary>To the one that the user's function says.</summary>
    Choice,

    /// <summary>A batch at a time, in turn.</summary>
    Rebalance,
}
