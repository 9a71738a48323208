using Weir.Graph;

namespace Weir.Runtime.Subtasks;

/// <summary>
/// Finds the record that a loop has failed on: asks the functions again, record by record, until the same failure comes (ADR 0051).
/// </summary>
/// <remarks>
/// Only functions of single records are asked: those are deterministic, and run again for the same records after a recovery anyway. State
/// is never touched. The loop itself keeps no account of where it is, so that it costs nothing.
/// </remarks>
internal static class RecordSearch
{
    /// <summary>The most records that functions make during a search. Behind it the record counts as not found.</summary>
    public const int MostMade = 65_536;

    /// <summary>The stages from the first of a chain to one that failed; null if one between them makes records of several.</summary>
    /// <param name="last">The stage that failed, or the last one of the loop that did.</param>
    /// <param name="first">The first stage of the chain.</param>
    public static IReadOnlyList<Stage>? PathTo(Stage last, Stage first)
    {
        List<Stage> path = [last];
        while (path[0] != first)
        {
            if (path[0].Inputs is not [var input] || !input.Stage.IsOfSingleRecords || input.IsOfFailures)
            {
                return null;
            }

            path.Insert(0, input.Stage);
        }

        return path;
    }

    /// <summary>Says of a failure which operator and which record it was, as far as a search can tell.</summary>
    /// <param name="path">The stages that the records go through, the last one of the failed loop last.</param>
    /// <param name="batch">What came to the first of them.</param>
    /// <param name="failure">The failure.</param>
    public static OperatorException Find<T>(IReadOnlyList<Stage> path, Batch<T> batch, OperatorException failure)
    {
        var loop = failure.Facts!.Loop!;
        var trace = new SearchTrace(failure.InnerException!);
        if (loop is [{ IsSink: true }] || ProbeBuilder.Build<T>(path, trace) is not { } probe)
        {
            return failure;
        }

        var count = Ask(probe, batch, trace);
        if (trace.Failed is { } stage)
        {
            return failure.With(facts => facts with
            {
                Ids = stage.Id,
                Doing = "handling a record",
                Cause = trace.Cause!,
                IsOfRecord = true,
                Number = count,
                Times = trace.Time is { } time ? new TimeRange(time, time) : null,
            });
        }

        if (!trace.IsWhole)
        {
            return failure;
        }

        // None of the functions that can be asked failed: it was what cannot be asked, if the loop ends in that.
        return failure.With(facts => CanAsk(path[^1])
            ? facts with { FailsNoMore = true, Times = trace.Arrived ?? facts.Times }
            : facts with { Ids = path[^1].Id, Times = trace.Arrived ?? facts.Times });
    }

    // Not what keeps state, nor a sink; a partitioner is told how many subtasks there are, which nobody knows here.
    private static bool CanAsk(Stage stage) => stage.IsOfSingleRecords && stage.Exchange != StageExchange.ByChoice;

    // How many records have gone through.
    private static int Ask<T>(Probe<T> probe, Batch<T> batch, SearchTrace trace)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                probe.On(values[i], times.Length > 0 ? times[i] : null);
            }
#pragma warning disable CA1031 // The failure is told of already. What is asked here only says more of it.
            catch (Exception again)
#pragma warning restore CA1031
            {
                trace.OnFailure(again);
                return i;
            }

            if (!trace.MayGoOn)
            {
                return i;
            }
        }

        trace.IsWhole = true;
        return values.Length;
    }
}
