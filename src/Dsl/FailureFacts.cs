using System.Globalization;
using Weir.Graph;

namespace Weir;

/// <summary>What is known of the failure of an operator, and the words for it.</summary>
/// <remarks>
/// Whoever sees a failure pass adds what he knows: the loop its operators, the head of the chain the record, the source its split. The
/// words are made anew each time, so that they do not depend on who was first.
/// </remarks>
internal sealed record FailureFacts
{
    private const string NotBehindExchange =
        "Which place in a source the record came from is not known behind an exchange: keep its file and line in the record, or run the "
            + "job with a parallelism of 1, where KeyBy needs no exchange.";

    /// <summary>Gets the operator's id; several, separated by commas, where nobody knows which of one loop it was.</summary>
    public required string Ids { get; init; }

    /// <summary>Gets the job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Gets the index of the subtask.</summary>
    public required int Subtask { get; init; }

    /// <summary>Gets what was being done.</summary>
    public required string Doing { get; init; }

    /// <summary>Gets what the cause says.</summary>
    public required string Cause { get; init; }

    /// <summary>Gets a value indicating whether a function of the user's may have thrown it, over a record or a timer.</summary>
    public bool IsInFunction { get; init; }

    /// <summary>Gets the stages of the loop, if it handled a batch and one of these records has failed.</summary>
    public IReadOnlyList<Stage>? Loop { get; init; }

    /// <summary>Gets a value indicating whether all of the loop was asked again about the same records, and nothing failed.</summary>
    public bool FailsNoMore { get; init; }

    /// <summary>Gets the event times of the records of which one has failed; null if they have none, or none that is known.</summary>
    public TimeRange? Times { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Times"/> is that of the very record that failed, if it has any.</summary>
    public bool IsOfRecord { get; init; }

    /// <summary>Gets which of the records that came from there together it was, from 0; null if that is not known.</summary>
    public int? Number { get; init; }

    /// <summary>
    /// Gets where in the source the records came from; null where that is not known. Of a record that was made of others, what was read
    /// when it was made.
    /// </summary>
    public RecordRange? Records { get; init; }

    /// <summary>Gets how many records came from there.</summary>
    public int Count { get; init; }

    /// <summary>Gets a value indicating whether the record came through an exchange.</summary>
    public bool IsBehindExchange { get; init; }

    /// <summary>Gets the operator that made the record of several others; null if none did.</summary>
    public string? MadeBy { get; init; }

    /// <summary>Gets the offset of the very record; null if it is not known.</summary>
    /// <remarks>A source that counts records numbers them without a gap; bytes say where the first of them begins.</remarks>
    public long? Offset => Records is not { } records || Number is not { } number ? null
        : Count == 1 || records.To - records.From == Count ? records.From + number
        : null;

    /// <summary>Gets where in the source it was; null if that is not known.</summary>
    public string? Position => Records is not { } records || MadeBy is not null ? null
        : Offset is { } offset ? Text($"split '{records.Split}', offset {offset}")
        : Number is { } number ? Text($"record {number + 1} of the {Count} of {records}")
        : records.ToString();

    /// <summary>All of it, for people.</summary>
    /// <returns>One or two sentences, the last one without a full stop where the cause has none.</returns>
    public string Words()
    {
        var several = Ids.Contains(',', StringComparison.Ordinal);
        var who = several ? $"One of the operators '{Ids}' (they run in one loop)" : $"Operator '{Ids}'";
        var told = Text($"{who} of job '{Job}' failed in subtask {Subtask}, {Doing}{TimeWords()}: {Cause}");
        var more = string.Join(' ', new[] { AgainWords(), PlaceWords() }.Where(static words => words is not null));
        return more.Length == 0 ? told : $"{told.TrimEnd().TrimEnd('.')}. {more}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string TimeWords() => Times is { } times
        ? IsOfRecord
            ? $" with the event time {TimeRange.Text(times.Earliest)}"
            : $" with event times from {TimeRange.Text(times.Earliest)} to {TimeRange.Text(times.Latest)}"
        : IsOfRecord ? " without an event time" : "";

    private string? AgainWords() => FailsNoMore
        ? "Asked again about the same records, none of them failed: what they do depends on more than the record."
        : null;

    private string? PlaceWords() => MadeBy is { } maker ? $"'{maker}' made the record: it came from no one place in a source."
        : Records is not null
            ? IsOfRecord && Number is not null ? $"The record came from {Position}." : $"The records came from {Records}."
        : IsBehindExchange ? NotBehindExchange
        : null;
}
