using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>The first difference between the form that state was written in and the form that the job reads.</summary>
/// <param name="Path">The member's path.</param>
/// <param name="Text">What the difference is, for the user.</param>
/// <param name="Remedy">What undoes it, for the user.</param>
internal abstract record SchemaDifference(string Path, string Text, string Remedy)
{
    /// <summary>Gets what the user can do.</summary>
    public string Advice =>
        $"{Remedy}, or give the operator a new id and set {nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)} to start it "
        + "empty.";

    /// <summary>There is a member that was not written.</summary>
    public sealed record Added(string Path, Schema Now) : SchemaDifference(
        Path, $"'{Path}' was not there and is {Now} now", $"Take '{Path}' out again");

    /// <summary>A member that was written is gone.</summary>
    public sealed record Removed(string Path, Schema Then) : SchemaDifference(
        Path, $"'{Path}' was {Then} and is not there now", $"Put '{Path}' back");

    /// <summary>Another member stands where one was written, and neither is on the other side.</summary>
    public sealed record Renamed(string Path, Schema Then, string NewPath, Schema Now) : SchemaDifference(
        Path, $"'{Path}' ({Then}) stood where '{NewPath}' ({Now}) stands now", $"Call '{NewPath}' '{Path}' again");

    /// <summary>The members are the same ones in another order.</summary>
    public sealed record Moved(string Path, Schema Then, string NewPath, Schema Now) : SchemaDifference(
        Path, $"'{Path}' ({Then}) stood where '{NewPath}' ({Now}) stands now", $"Put '{Path}' back to where it stood");

    /// <summary>A member is of another type.</summary>
    public sealed record Retyped(string Path, Schema Then, Schema Now) : SchemaDifference(
        Path, $"'{Path}' was {Then} and is {Now} now", "Change the type back");

    /// <summary>Other windows are cut.</summary>
    public sealed record OtherWindows(string Path, Schema Then, Schema Now) : SchemaDifference(
        Path, $"'{Path}' was {Then} and is {Now} now", "Change the windows back");

    /// <summary>
    /// An aggregate keeps its records in one form and folds them in the other: compiled in one, interpreted in the other.
    /// </summary>
    public sealed record OtherFold(string Path, Schema Then, Schema Now, bool WasInterpreted) : SchemaDifference(
        Path,
        $"'{Path}' was {Then} and is {Now} now",
        $"The checkpoint was taken by a job that ran {(WasInterpreted ? "interpreted" : "with generated code where there was any")}: if "
            + "the aggregate was compiled then and is interpreted now, or the other way round, run it as it was then "
            + $"({nameof(JobOptions)}.{nameof(JobOptions.Interpreted)}, [Pipeline]). Otherwise change the aggregate back");

    /// <summary>The first difference between members, or null.</summary>
    /// <param name="then">What was written.</param>
    /// <param name="now">What the job reads.</param>
    /// <param name="wasInterpreted">Whether the job that wrote ignored generated code.</param>
    public static SchemaDifference? Of(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, bool wasInterpreted)
    {
        for (var i = 0; i < Math.Min(then.Count, now.Count); i++)
        {
            if ((OfRole(then[i], now[i], wasInterpreted) ?? OfMember(then, now, i, "")) is { } difference)
            {
                return difference;
            }
        }

        return OfLength(then, now, "");
    }

    // What an operator's own members stand for says more than their types do.
    private static SchemaDifference? OfRole(SchemaMember then, SchemaMember now, bool wasInterpreted) =>
        PaneSchema.IsFoldedInOne(then, now) ? new OtherFold(then.Name, then.Schema, now.Schema, wasInterpreted)
        : PaneSchema.IsWindows(then) && PaneSchema.IsWindows(now) && then.Schema != now.Schema
            ? new OtherWindows(then.Name, then.Schema, now.Schema)
        : null;

    private static SchemaDifference? OfMembers(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, string path)
    {
        for (var i = 0; i < Math.Min(then.Count, now.Count); i++)
        {
            if (OfMember(then, now, i, path) is { } difference)
            {
                return difference;
            }
        }

        return OfLength(then, now, path);
    }

    private static SchemaDifference? OfMember(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, int i, string path)
    {
        var (was, stands) = ($"{path}{then[i].Name}", $"{path}{now[i].Name}");
        if (was != stands)
        {
            return (Has(now, then[i].Name), Has(then, now[i].Name)) switch
            {
                (true, true) => new Moved(was, then[i].Schema, stands, now[i].Schema),
                (true, false) => new Added(stands, now[i].Schema),
                (false, true) => new Removed(was, then[i].Schema),
                (false, false) => new Renamed(was, then[i].Schema, stands, now[i].Schema),
            };
        }

        return then[i].Schema.Name != now[i].Schema.Name
            ? new Retyped(was, then[i].Schema, now[i].Schema)
            : OfMembers(then[i].Schema.Members, now[i].Schema.Members, $"{was}.");
    }

    private static SchemaDifference? OfLength(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, string path) =>
        now.Count > then.Count ? new Added($"{path}{now[then.Count].Name}", now[then.Count].Schema)
        : then.Count > now.Count ? new Removed($"{path}{then[now.Count].Name}", then[now.Count].Schema)
        : null;

    private static bool Has(IReadOnlyList<SchemaMember> members, string name) => members.Any(member => member.Name == name);
}
