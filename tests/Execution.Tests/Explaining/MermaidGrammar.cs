using System.Text.RegularExpressions;

namespace Weir.Execution.Tests.Explaining;

/// <summary>The part of Mermaid's grammar of flowcharts that charts may use; stricter than Mermaid is.</summary>
internal static partial class MermaidGrammar
{
    private const string Text = "\"(?:[^\"#&<>`\\n]|#(?:quot|lt|gt|amp|35|96);|<br/>)+\"";

    /// <summary>Fails with the line that is no Mermaid, or names a node that no line declares.</summary>
    public static void Check(string chart)
    {
        Assert.EndsWith("\n", chart, StringComparison.Ordinal);
        var lines = chart.TrimEnd('\n').Split('\n');
        Assert.Equal("flowchart LR", lines[0]);
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        var depth = 0;
        foreach (var line in lines.Skip(1).Select(static line => line.Trim()))
        {
            if (Subgraph().IsMatch(line))
            {
                depth++;
            }
            else if (line == "end")
            {
                Assert.True(--depth >= 0, "an end without a subgraph");
            }
            else if (Node().Match(line) is { Success: true } node)
            {
                Assert.True(nodes.Add(node.Groups[1].Value), $"declared twice: {line}");
            }
            else
            {
                var edge = Edge().Match(line);
                Assert.True(edge.Success, $"neither node nor edge: {line}");
                Assert.Contains(edge.Groups[1].Value, nodes);
                Assert.Contains(edge.Groups[2].Value, nodes);
            }
        }

        Assert.Equal(0, depth);
    }

    [GeneratedRegex("^subgraph [a-z]+[0-9]+\\[" + Text + "\\]$")]
    private static partial Regex Subgraph();

    [GeneratedRegex("^(o[0-9]+)(?:\\[" + Text + "\\]|\\(\\[" + Text + "\\]\\)|\\[\\(" + Text + "\\)\\])$")]
    private static partial Regex Node();

    [GeneratedRegex("^(o[0-9]+) (?:-->|-\\.->)(?:\\|" + Text + "\\|)? (o[0-9]+)$")]
    private static partial Regex Edge();
}
