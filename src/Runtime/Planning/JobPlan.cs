using System.Globalization;
using System.Text;

namespace Weir.Runtime.Planning;

/// <summary>A pipeline cut into chains: what runs in one subtask without a hop, and how records travel between.</summary>
/// <param name="Chains">The chains; inputs come before their users.</param>
/// <param name="KeyGroupCount">The number of key groups of the job.</param>
internal sealed record JobPlan(IReadOnlyList<ChainPlan> Chains, int KeyGroupCount)
{
    /// <summary>Gets the number of subtasks of all chains.</summary>
    public int SubtaskCount => Chains.Sum(chain => chain.Parallelism);

    /// <summary>Draws the plan: a line a chain, under it its spans and where their records go.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var chain in Chains)
        {
            text.Append(CultureInfo.InvariantCulture, $"chain {chain.Index} ×{chain.Parallelism}");
            text.Append(chain.Inputs.Count == 0 ? " from source"
                : $" from {string.Join(", ", chain.Inputs.Select(edge => edge.ToString()))}");
            text.Append('\n');
            Draw(text, chain.Root, 1);
        }

        return text.ToString();
    }

    private static void Draw(StringBuilder text, SpanPlan span, int depth)
    {
        text.Append(' ', depth * 2).Append(span).Append('\n');
        foreach (var child in span.Children)
        {
            Draw(text, child, depth + 1);
        }

        foreach (var output in span.Outputs)
        {
            text.Append(' ', (depth + 1) * 2)
                .Append(CultureInfo.InvariantCulture, $"→ chain {output.To} by {output.Kind.ToString().ToLowerInvariant()}\n");
        }
    }
}
