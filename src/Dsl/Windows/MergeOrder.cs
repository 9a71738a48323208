namespace Weir;

/// <summary>Which accumulators of one key may be merged, where windows share the slices that records were added to.</summary>
public enum MergeOrder
{
    /// <summary>Any two, in any order: a sum, the greatest value, the set of all. Parts are added up beforehand.</summary>
    Any,

    /// <summary>
    /// The result depends on the order in which records came: the first, the last, the list of all. Parts are put together when a window
    /// fires, by the numbers of their arrival.
    /// </summary>
    Arrival,

    /// <summary>None: a fold takes records and no accumulators.</summary>
    None,
}
