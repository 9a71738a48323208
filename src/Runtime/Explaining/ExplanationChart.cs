using System.Globalization;
using System.Text;

namespace Weir;

/// <summary>An explanation as a flowchart of Mermaid: a box a chain, a node an operator.</summary>
internal static class ExplanationChart
{
    public static string Of(JobExplanation job)
    {
        var text = new StringBuilder("flowchart LR\n");
        var nodes = job.Operators.Select(static (one, index) => (one, index)).ToDictionary(
            static pair => pair.one, static pair => string.Create(CultureInfo.InvariantCulture, $"o{pair.index}"));
        foreach (var chain in job.Chains)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph chain{chain.Index}[\"chain {chain.Index} ×{chain.Parallelism}\"]\n");
            foreach (var one in job.Operators.Where(one => one.Chain == chain.Index))
            {
                text.Append("    ").Append(nodes[one]).Append(Shape(one, job)).Append('\n');
            }

            text.Append("  end\n");
        }

        foreach (var one in job.Operators.Where(static one => one.Chain is null))
        {
            text.Append("  ").Append(nodes[one]).Append(Shape(one, job)).Append('\n');
        }

        foreach (var sender in job.Operators)
        {
            foreach (var output in sender.Outputs)
            {
                foreach (var receiver in job.Operators.Where(one => one.Inputs.Contains(output.Name)))
                {
                    text.Append("  ").Append(nodes[sender]).Append(Arrow(job, sender, output, receiver));
                    text.Append(nodes[receiver]).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string Shape(ExplainedOperator one, JobExplanation job)
    {
        var facts = one.Facts.Where(static fact => fact.Subject is "reads" or "writes" or "windows" or "watermark")
            .Select(static fact => fact.Text);
        var sink = job.Sinks.FirstOrDefault(sink => sink.Id == one.Id);
        var label = Escaped(string.Join('\n', [one.Id, .. facts, .. sink is null ? [] : (string[])[sink.Guarantee]]));
        return one.Inputs.IsEmpty ? $"([\"{label}\"])" : one.Outputs.IsEmpty ? $"[(\"{label}\")]" : $"[\"{label}\"]";
    }

    // A stream beside the main one is dashed and named; one that crosses chains says how.
    private static string Arrow(JobExplanation job, ExplainedOperator sender, ExplainedStream output, ExplainedOperator receiver)
    {
        var side = output.Name == sender.Id ? null : output.Name[(sender.Id.Length + 1)..];
        var way = job.Exchanges.FirstOrDefault(exchange => exchange.Stream == output.Name && exchange.Receiver == receiver.Id)?.Way;
        var label = string.Join(", ", new[] { side, way is null or "forward" ? null : way }.OfType<string>());
        var arrow = side is null ? "-->" : "-.->";
        return label.Length == 0 ? $" {arrow} " : $" {arrow}|\"{Escaped(label)}\"| ";
    }

    // What Mermaid would read as its own: entities begin with # there, and a quote ends the text.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            escaped.Append(letter switch
            {
                '"' => "#quot;",
                '#' => "#35;",
                '<' => "#lt;",
                '>' => "#gt;",
                '&' => "#amp;",
                '`' => "#96;",
                '\n' => "<br/>",
                _ => letter.ToString(),
            });
        }

        return escaped.ToString();
    }
}
