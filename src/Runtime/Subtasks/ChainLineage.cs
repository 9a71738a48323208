using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Weir.Runtime.Planning;

namespace Weir.Runtime.Subtasks;

/// <summary>What the channels of a plan must know of the chains before and behind them, each chain looked at once.</summary>
/// <remarks>A stream that is branched and united again and again has more ways through it than anybody can walk.</remarks>
internal sealed class ChainLineage
{
    // A longer one is no longer of use to a person who reads the name of a channel.
    private const int MaxLength = 200;

    private readonly string[] _lineages;
    private readonly bool[] _assignTimes;

    public ChainLineage(JobPlan plan)
    {
        _lineages = new string[plan.Chains.Count];
        foreach (var chain in plan.Chains)
        {
            _lineages[chain.Index] = Shorten(string.Join('<', chain.Inputs.Select(edge => _lineages[edge.From])
                .Prepend(chain.Parallelism.ToString(CultureInfo.InvariantCulture))));
        }

        // From the back: inputs come before their users.
        _assignTimes = new bool[plan.Chains.Count];
        foreach (var chain in plan.Chains.Reverse())
        {
            _assignTimes[chain.Index] |= chain.Stages.Any(stage => stage.AssignsEventTime);
            foreach (var edge in chain.Inputs.Where(edge => !edge.IsTimed))
            {
                _assignTimes[edge.From] |= _assignTimes[chain.Index];
            }
        }
    }

    /// <summary>The parallelisms of a chain and of all before it, as text.</summary>
    /// <remarks>
    /// Part of a channel's name: with another parallelism anywhere before it, a channel carries other records than that of the same place
    /// did, and what a checkpoint knows of their event times must not call these late.
    /// </remarks>
    public string Of(int chain) => _lineages[chain];

    /// <summary>Whether event times are assigned in a chain, or behind it while records have none yet.</summary>
    public bool AssignsTimes(int chain) => _assignTimes[chain];

    private static string Shorten(string lineage) => lineage.Length <= MaxLength ? lineage
        : string.Create(CultureInfo.InvariantCulture, $"#{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(lineage)):x16}");
}
