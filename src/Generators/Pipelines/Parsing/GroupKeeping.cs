using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What one <c>Aggregate(g => …)</c> keeps, as it grows call by call; what says the same is kept once.</summary>
internal sealed class GroupKeeping
{
    private readonly List<KeptModel> _kept = [];

    public EquatableArray<KeptModel> Kept => new([.. _kept]);

    /// <summary>Returns the position of what a call needs to be kept.</summary>
    public int Keep(KeptModel kept)
    {
        var known = _kept.FindIndex(kept.IsSameAs);
        if (known >= 0)
        {
            return known;
        }

        _kept.Add(kept);
        return _kept.Count - 1;
    }
}
