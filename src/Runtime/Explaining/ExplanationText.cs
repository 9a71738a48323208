using System.Globalization;
using System.Text;
using Weir.Runtime;

namespace Weir;

/// <summary>An explanation as text.</summary>
internal static class ExplanationText
{
    public static string Of(JobExplanation job)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"job {job.Job}: {Counted.Of(job.Operators.Length, "operator")}");
        text.Append(job.Problem is null
            ? $" in {Counted.Of(job.Chains.Length, "chain")}, parallelism {job.Parallelism}, {Counted.Of(job.KeyGroups, "key group")}\n"
            : $"; it cannot run: {job.Problem}\n");
        foreach (var chain in job.Chains)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nchain {chain.Index} ×{chain.Parallelism}\n");
            foreach (var exchange in job.Exchanges.Where(exchange => exchange.To == chain.Index))
            {
                text.Append(CultureInfo.InvariantCulture, $"  takes {exchange.Stream} of chain {exchange.From} by {exchange.Way}\n");
            }

            foreach (var id in chain.Operators)
            {
                Write(text, job.Operators.First(one => one.Id == id));
            }
        }

        // Without a plan there are no chains, but there is something to say of the operators.
        foreach (var one in job.Chains.IsEmpty ? job.Operators : [])
        {
            Write(text, one);
        }

        text.Append(job.Sinks.IsEmpty ? "" : "\nsinks\n");
        foreach (var sink in job.Sinks)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {sink.Id}: {sink.Guarantee}\n");
            foreach (var reason in sink.Because)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {reason}\n");
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ExplainedOperator one)
    {
        text.Append("  ").Append(one.Id);
        text.Append(one.Inputs.IsEmpty ? "" : $" ← {string.Join(", ", one.Inputs)}").Append('\n');
        foreach (var output in one.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"    stream: {output.Name} of {output.Records}");
            text.Append(output.IsTimed ? " with event times\n" : "\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    runs: {one.Loop}\n");
        foreach (var fact in one.Facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {fact.Subject}: {fact.Text}\n");
        }
    }
}
