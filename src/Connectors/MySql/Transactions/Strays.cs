namespace Weir.MySqlServers.Transactions;

/// <summary>What to do about prepared transactions that no checkpoint knows of. Pure.</summary>
/// <param name="RollBack">The ones that are this sink's, of attempts before this one.</param>
/// <param name="Warning">What the user should hear of; null for nothing.</param>
internal sealed record Strays(IReadOnlyList<XaName> RollBack, string? Warning)
{
    /// <summary>Decides, after everything that was restored has been committed.</summary>
    /// <remarks>
    /// What an attempt of this life of the job left behind belongs to a checkpoint that was never decided: its records come again. What
    /// another life of the same job left may be waiting for that life, which may be alive elsewhere: only a person can tell.
    /// </remarks>
    /// <param name="prepared">What is there.</param>
    /// <param name="me">A name that this sink could give in this attempt.</param>
    public static Strays Of(IEnumerable<XaName> prepared, XaName me)
    {
        var own = prepared.Where(name => name.IsOfSinkOf(me)).ToLookup(name => name.Run == me.Run);
        var foreign = own[false].ToList();
        var (them, hold) = foreign.Count == 1 ? ("it", "it holds") : ("them", "they hold");
        return new Strays(
            [.. own[true].Where(name => name.Attempt < me.Attempt)],
            foreign.Count == 0
                ? null
                : $"Another run of job '{me.Job}' has left {foreign.Count} prepared transaction{(foreign.Count == 1 ? "" : "s")} for "
                    + "operator "
                    + $"'{me.Operator}', and {hold} locks. If no such run is alive or will be continued, roll {them} back: "
                    + string.Join(" ", foreign.Select(static name => $"XA ROLLBACK {name.Sql};")));
    }
}
