using System.Globalization;
using Weir.Guide.Tests.Pages;

namespace Weir.Guide.Tests.Ends;

/// <summary>The page of sources and sinks for everyone.</summary>
public sealed class EndsTests
{
    [Fact]
    public async Task A_list_in_and_await_foreach() => Shows("sequence", Table.Of(
        (await SequenceSnippet.RunAsync(Orders.All)).OrderBy(total => (total.From, total.Customer))));

    [Fact]
    public async Task Records_that_are_made_up()
    {
        using var lines = new StringWriter(CultureInfo.InvariantCulture);
        await GeneratedSnippet.RunAsync(lines);

        var written = lines.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Shows("generated", string.Join('\n', written.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_job_explained() =>
        Shows(
            "explain",
            ExplainSnippet.Explain(Orders.All)
                .Replace(Path.GetFullPath("totals"), "totals", StringComparison.Ordinal)
                .ReplaceLineEndings("\n")
                .TrimEnd());

    private static void Shows(string name, string rows) => GuidePages.Compare("rows", name, rows);
}
