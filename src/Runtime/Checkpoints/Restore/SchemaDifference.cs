using Weir.Graph;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>
/// The first difference between the form that state was written in and the form that the job reads that cannot be resolved.
/// </summary>
/// <param name="Path">The member's path.</param>
/// <param name="Text">What the difference is, for the user.</param>
/// <param name="Remedy">What undoes it, for the user.</param>
internal abstract record SchemaDifference(string Path, string Text, string Remedy)
{
    /// <summary>Gets what the user can do.</summary>
    public virtual string Advice =>
        $"{Remedy}, or give the operator a new id and set {nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)} to start it "
        + "empty.";

    /// <summary>A type has changed in a way that is not resolved by name.</summary>
    public sealed record Unreadable(string Path, string Text, string Remedy) : SchemaDifference(Path, Text, Remedy);

    /// <summary>The operator keeps one state more, which was not written.</summary>
    public sealed record Added(string Path, Schema Now) : SchemaDifference(
        Path, $"'{Path}' was not there and is {Now} now", $"Take '{Path}' out again");

    /// <summary>A state that was written is gone, or another one stands in its place.</summary>
    public sealed record Removed(string Path, Schema Then) : SchemaDifference(
        Path, $"'{Path}' was {Then} and is not there now", $"Put '{Path}' back");

    /// <summary>A state of the user's class was written, and its class has none of that name.</summary>
    public sealed record Lost(string Path, string Name, Schema Then, IReadOnlyList<string> Came) : SchemaDifference(
        Path,
        $"the state '{Name}' ({Then}) is in it, and the class has none of that name now: it would be lost",
        (Came.Count == 0 ? $"Put '{Name}' back"
            : $"If it is a field that has another name now ({string.Join(", ", Came.Select(name => $"'{name}'"))}), mark that one "
                + $"[WasNamed(\"{Name}\")]; else put '{Name}' back")
            + $". To give its state up, set {nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)}")
    {
        /// <inheritdoc/>
        public override string Advice => Remedy + ".";
    }

    /// <summary>Other windows are cut.</summary>
    public sealed record OtherWindows(string Path, Schema Then, Schema Now) : SchemaDifference(
        Path, $"'{Path}' was {StageFacts.Worded($"{Then}")} and is {StageFacts.Worded($"{Now}")} now", "Change the windows back");

    /// <summary>
    /// An aggregate keeps its records in one form and folds them in the other: compiled in one, interpreted in the other.
    /// </summary>
    public sealed record OtherFold(string Path, Schema Then, Schema Now, bool WasInterpreted) : SchemaDifference(
        Path,
        $"'{Path}' was {Then} and is {Now} now",
        $"The checkpoint was taken by a job that ran {(WasInterpreted ? "interpreted" : "with generated code where there was any")}: if "
            + "the aggregate was compiled then and is interpreted now, or the other way round, run it as it was then "
            + $"({nameof(JobOptions)}.{nameof(JobOptions.Interpreted)}, [Pipeline]). Otherwise change the aggregate back");

    /// <summary>The first difference between the states of an operator that stands against reading them, or null.</summary>
    /// <param name="then">What was written.</param>
    /// <param name="now">What the job reads.</param>
    /// <param name="wasInterpreted">Whether the job that wrote ignored generated code.</param>
    /// <param name="allowsLoss">Whether states of classes may be given up.</param>
    /// <param name="notes">Takes what becomes of members that came or went.</param>
    public static SchemaDifference? Of(
        IReadOnlyList<SchemaMember> then,
        IReadOnlyList<SchemaMember> now,
        bool wasInterpreted,
        bool allowsLoss = false,
        List<string>? notes = null)
    {
        for (var i = 0; i < Math.Min(then.Count, now.Count); i++)
        {
            if (OfRole(then[i], now[i], wasInterpreted) is { } difference)
            {
                return difference;
            }

            if (!allowsLoss && LossOf(then[i], now[i]) is { } lost)
            {
                return lost;
            }

            var resolution = SchemaResolver.Resolve(then[i], now[i], StoredForms.IsKey(now[i]));
            if (resolution.Conflict is { } conflict)
            {
                return new Unreadable(conflict.Path, conflict.Text, conflict.Remedy);
            }

            notes?.AddRange(resolution.Notes);
        }

        // States of a subtask come last, and only if there are any.
        var (came, gone) = (now.ElementAtOrDefault(then.Count), then.ElementAtOrDefault(now.Count));
        return came?.Name == StateNames.OfSubtasks ? null
            : gone?.Name == StateNames.OfSubtasks
                ? allowsLoss ? null : LossOf(gone, gone with { Schema = gone.Schema with { Members = [] } })
            : now.Count > then.Count ? new Added(now[then.Count].Name, now[then.Count].Schema)
            : then.Count > now.Count ? new Removed(then[now.Count].Name, then[now.Count].Schema)
            : null;
    }

    // The states of a class are as dear as operators: a field that was renamed must not cost what it held.
    private static Lost? LossOf(SchemaMember then, SchemaMember now)
    {
        if (!StateNames.AreOfClass(now.Name))
        {
            return null;
        }

        var came = now.Schema.Members.Where(member => then.Schema.Members.All(was => !Is(member, was))).Select(member => member.Name);
        return then.Schema.Members.FirstOrDefault(was => now.Schema.Members.All(member => !Is(member, was))) is { } gone
            ? new Lost($"{then.Name}.{gone.Name}", gone.Name, gone.Schema, [.. came])
            : null;

        static bool Is(SchemaMember member, SchemaMember was) => member.Name == was.Name || member.FormerNames.Contains(was.Name);
    }

    // What an operator's own members stand for says more than their types do.
    private static SchemaDifference? OfRole(SchemaMember then, SchemaMember now, bool wasInterpreted) =>
        then.Name != now.Name ? new Removed(then.Name, then.Schema)
        : PaneSchema.IsFoldedInOne(then, now) ? new OtherFold(then.Name, then.Schema, now.Schema, wasInterpreted)
        : PaneSchema.IsWindows(then) && PaneSchema.IsWindows(now) && then.Schema != now.Schema
            ? new OtherWindows(then.Name, then.Schema, now.Schema)
        : null;
}
