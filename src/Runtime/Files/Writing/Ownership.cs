using System.Globalization;

namespace Weir.Runtime.Files.Writing;

/// <summary>Whose a directory was when a sink opened it.</summary>
internal enum PreviousOwner
{
    /// <summary>The same sink's of the same life of the job.</summary>
    Same,

    /// <summary>Nobody's: the directory is new, or is not the one that the sink wrote to before.</summary>
    None,

    /// <summary>Another's, who has left nothing there that counts.</summary>
    Other,
}

/// <summary>May a sink write to a directory?</summary>
internal abstract record OwnershipDecision
{
    private OwnershipDecision()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Previous">Whose it was.</param>
    /// <param name="Warning">What the user should hear of, or null.</param>
    public sealed record Granted(PreviousOwner Previous, string? Warning = null) : OwnershipDecision;

    /// <summary>It may not: someone else writes there, or what is there would be doubled.</summary>
    /// <param name="Message">Why, and what to do.</param>
    public sealed record Refused(string Message) : OwnershipDecision;

    /// <summary>It may not any more: a later attempt of the same job has taken over.</summary>
    /// <param name="Message">Who.</param>
    public sealed record Fenced(string Message) : OwnershipDecision;
}

/// <summary>Decides who may write to an output directory. Pure.</summary>
/// <remarks>
/// A directory belongs to one sink of one life of a job. Another may take it over only if nothing there counts: no finished file, no entry
/// of the ledger. The next start after a crash, before or after the first checkpoint, belongs to the same life: of its attempts the latest
/// rules.
/// </remarks>
/// <param name="directory">The directory, for messages.</param>
/// <param name="me">Who asks.</param>
/// <param name="keepsExisting">Whether the user has said that files that are there stay beside the new ones.</param>
internal sealed class Ownership(string directory, OutputOwner me, bool keepsExisting)
{
    private const int RememberedRuns = 8;

    private const string Option = $"{nameof(FileSinkOptions)}.{nameof(FileSinkOptions.KeepsExistingOutput)}";

    /// <summary>Decides.</summary>
    /// <param name="listing">What is there.</param>
    /// <param name="own">A claim that the asker has made already.</param>
    /// <param name="restored">The checkpoint that the asker continues from, unless it accepts doubled output.</param>
    public OwnershipDecision Decide(OutputListing listing, OwnerClaim? own = null, CheckpointName? restored = null)
    {
        foreach (var later in listing.Claims.Where(claim => claim.Owner.Continues(me) && claim.Owner.Attempt > me.Attempt))
        {
            return FencedBy(later.Owner);
        }

        if (listing.NewestBut(own)?.Owner is not { } owner)
        {
            return listing.Finished.Count > 0 && !keepsExisting ? Existing(listing) : new OwnershipDecision.Granted(PreviousOwner.None);
        }

        if (owner.Continues(me))
        {
            return new OwnershipDecision.Granted(PreviousOwner.Same);
        }

        if (IsOfMyAttempt(owner))
        {
            return new OwnershipDecision.Refused(
                $"The output directory '{directory}' belongs to {owner}: two sinks of one job cannot share a directory. Give each a "
                    + "directory of its own.");
        }

        return OfAnother(listing, owner, restored);
    }

    /// <summary>
    /// What a sink is told that has opened the directory, but not claimed it yet, if another job or run has claimed it meanwhile; or null.
    /// The other was let in past the lock, as the successor of a process that is believed dead: it has the older right, though nothing may
    /// be finished there yet.
    /// </summary>
    /// <param name="listing">What is there.</param>
    /// <param name="known">The claims that were there when the sink opened the directory.</param>
    public OwnershipDecision? Forestalled(OutputListing listing, IReadOnlyCollection<OwnerClaim> known)
    {
        foreach (var claim in listing.Claims.Where(claim => claim.Owner.Run != me.Run && !known.Contains(claim)))
        {
            return new OwnershipDecision.Refused(
                $"The output directory '{directory}' is in use: {claim.Owner} has claimed it while {me} was starting. "
                + "Stop that job, or give this one another output directory: each sink needs one of its own.");
        }

        return null;
    }

    /// <summary>
    /// What a sink is told that begins without a checkpoint, but finds files finished by its own life of the job, or null: the checkpoints
    /// were deleted.
    /// </summary>
    /// <param name="listing">What is there.</param>
    public OwnershipDecision? Forgotten(OutputListing listing) =>
        !keepsExisting && listing.Parts.Any(part => me.Wrote(part.Part)) ? Existing(listing) : null;

    /// <summary>What a sink whose directory another sink holds is told.</summary>
    /// <param name="listing">What is there.</param>
    /// <param name="path">The lock.</param>
    public string InUse(OutputListing listing, string path)
    {
        const string Alone = "each sink needs one of its own";
        var (who, advice) = listing.Newest?.Owner is not { } owner
            ? ("another sink has just opened it", $"Stop its job, or give this sink another output directory: {Alone}.")
            : IsOfMyAttempt(owner)
                ? ($"{owner} writes to it", "Two sinks of one job cannot share a directory: give each a directory of its own.")
                : ($"{owner} writes to it", $"Stop that job, or give this one another output directory: {Alone}.");
        return $"The output directory '{directory}' is in use: {who} (the lock is '{path}'). {advice}";
    }

    /// <summary>What a sink is told whose directory is not there any more, or no longer the same.</summary>
    /// <param name="when">Since when.</param>
    public string Gone(string when) =>
        $"The output directory '{directory}' {when}: its records are not there any more, and what the job had written there may be "
            + "missing from the output. "
        + "Nothing more is written. Put the directory back as it was, hidden files included; or delete the checkpoints as well, and what "
        + "is left of the output, to start over.";

    /// <summary>What a sink is told that is no longer the owner, or null if it still is.</summary>
    /// <param name="listing">The claims that are there.</param>
    /// <param name="own">Its claim.</param>
    public OwnershipDecision? Lost(OutputListing listing, OwnerClaim own)
    {
        foreach (var (_, owner) in listing.Claims.Where(claim => Beats(claim, own)))
        {
            return owner.Continues(me) ? FencedBy(owner) : new OwnershipDecision.Refused(
                $"The output directory '{directory}' was taken over by {owner} while {me} was writing to it. Locks do not seem to work "
                    + "on this file system. "
                + "Nothing that was finished is lost. Give each job an output directory of its own.");
        }

        return listing.Claims.Contains(own)
            ? null
            : new OwnershipDecision.Refused(Gone("was removed, emptied or replaced while the job was running"));
    }

    private bool IsOfMyAttempt(OutputOwner owner) => owner.Run == me.Run && owner.Attempt == me.Attempt;

    /// <summary>
    /// The claims that a new owner deletes: those that say nothing any more. The last claim of each of the runs before it stays, so that an
    /// attempt of such a run that was asleep all the time still sees which of its successors there were.
    /// </summary>
    /// <param name="claims">The claims that are there.</param>
    /// <param name="own">The new owner's.</param>
    public static IReadOnlyList<OwnerClaim> Settled(IReadOnlyCollection<OwnerClaim> claims, OwnerClaim own)
    {
        var kept = claims.Where(claim => !claim.Owner.Continues(own.Owner)).GroupBy(claim => (claim.Owner.Run, claim.Owner.Operator))
            .Select(run => run.MaxBy(claim => claim.Owner.Attempt)!).OrderDescending().Take(RememberedRuns).ToHashSet();
        return [.. claims.Where(claim => claim.CompareTo(own) < 0 && !kept.Contains(claim))];
    }

    // Of one job's attempts the later rules, whenever the earlier one, believed dead, happens to claim.
    private bool Beats(OwnerClaim claim, OwnerClaim own) =>
        claim.Owner.Continues(me) ? claim.Owner.Attempt > me.Attempt : claim.CompareTo(own) > 0;

    private OwnershipDecision OfAnother(OutputListing listing, OutputOwner owner, CheckpointName? restored)
    {
        if (keepsExisting)
        {
            return new OwnershipDecision.Granted(PreviousOwner.Other);
        }

        // What this life of the job has finished itself, its checkpoint knows of.
        if (listing.Finished.Count > listing.Parts.Count(part => me.Wrote(part.Part)))
        {
            return Existing(listing, owner);
        }

        var isSameSink = owner.Operator == me.Operator;
        var gone = listing.Entries.Where(entry => entry.Run == owner.Run).Sum(entry => entry.Count);
        if (gone > 0)
        {
            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Of(gone, "file")} that {owner} had finished in '{directory}' {(gone == 1 ? "is" : "are")} not there any more");
            if (isSameSink && restored is { } checkpoint)
            {
                return new OwnershipDecision.Refused(
                    $"{what}, and this run continues from {checkpoint}, before that. If that run has replaced this one, stop this one: "
                        + "whoever took the files would get their rows a second time. To go on all the same, set "
                        + $"{nameof(FileSinkOptions)}.{nameof(FileSinkOptions.AcceptsDoubledOutput)}.");
            }

            return isSameSink
                ? new OwnershipDecision.Granted(
                    PreviousOwner.Other,
                    $"{what}, and this run begins without a checkpoint: if a reader took them, it gets their rows a second time.")
                : new OwnershipDecision.Refused(
                    $"{what}: the directory belongs to that job. Give this one another output directory, or set {Option}.");
        }

        return !isSameSink && listing.Hidden.Any(hidden => hidden.State == PartState.Pending)
            ? new OwnershipDecision.Refused(
                $"The output directory '{directory}' belongs to {owner}, which has still to finish files there. Give this job another "
                    + "output directory.")
            : new OwnershipDecision.Granted(PreviousOwner.Other);
    }

    private OwnershipDecision.Refused Existing(OutputListing listing, OutputOwner? owner = null)
    {
        var mine = listing.Parts.Count(part => part.Part.Operator == me.Operator);
        var others = listing.Finished.Count - mine;
        var whose = mine == 0 ? $"{Files(others)} that this job did not write{(owner is { } other ? $": it belongs to {other}" : "")}"
            : others == 0 ? $"{Files(mine)} of this job, without a checkpoint that the job could continue from"
            : $"{Files(mine)} of this job, without a checkpoint that the job could continue from, and {Counted.Of(others, "other")}";
        var danger = mine == 0 ? "" : " All rows would be written a second time.";
        var advice = mine == 0
            ? "Give this job another output directory"
            : "Put the checkpoints back to continue; or delete the output as well to start over; or give this run another output directory";
        return new OwnershipDecision.Refused(
            $"The output directory '{directory}' holds {whose}.{danger} {advice}; or set {Option} to keep the files and write beside "
                + "them.");
    }

    private OwnershipDecision.Fenced FencedBy(OutputOwner owner) =>
        new($"The output directory '{directory}' has been taken over by {owner}: attempt {me.Attempt} must stop, and has done no harm.");

    private static string Files(int count) =>
        Counted.Of(count, "finished file");
}
