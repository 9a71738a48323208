using Weir.Graph;

namespace Weir.Runtime.Explaining;

/// <summary>What a sink shows of each record: as much as it and every source that it has records of can give.</summary>
internal static class Guarantees
{
    public static ExplainedSink Of(Stage sink)
    {
        var bySink = Why(sink);
        var bySources = SourcesOf(sink).Select(static source => (source.Id, Why: Why(source))).Where(static one => one.Why is not null)
            .ToArray();
        var guarantee = (bySink, bySources.Length) switch
        {
            (null, 0) => "exactly once",
            (_, 0) => "at least once",
            (null, _) => "at most once",
            _ => "none",
        };
        return new ExplainedSink(
            sink.Id,
            guarantee,
            [
                .. bySources.Select(static one => $"records of '{one.Id}' since the newest checkpoint are lost with a failure: {one.Why}"),
                .. bySink is null ? [] : (string[])[$"records since the newest checkpoint are written again: {bySink}"],
            ]);
    }

    private static string? Why(Stage stage) => (stage as IBoundaryStage)?.WhyNotExactlyOnce;

    private static IEnumerable<Stage> SourcesOf(Stage sink)
    {
        var seen = new HashSet<Stage>();
        var open = new Queue<Stage>([sink]);
        while (open.TryDequeue(out var stage))
        {
            if (!seen.Add(stage))
            {
                continue;
            }

            foreach (var input in stage.Inputs)
            {
                open.Enqueue(input.Stage);
            }
        }

        return seen.Where(static stage => stage.IsSource).OrderBy(static stage => stage.Index);
    }
}
