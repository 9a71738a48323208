namespace Weir.Databases;

/// <summary>What the user hears of checkpoints that cannot be read, and whose transactions may have been committed.</summary>
internal static class DamagedCheckpoints
{
    /// <summary>Warns, if there are such.</summary>
    public static void Tell(RecoveryContext recovery, SinkContext context, string target)
    {
        if (recovery.Damaged.Count > 0)
        {
            context.Warn(
                $"{string.Join(", ", recovery.Damaged)} cannot be read, but may have been committed to {target}: what was written with "
                    + $"{(recovery.Damaged.Count == 1 ? "it" : "them")} is written again, and may be there twice.");
        }
    }
}
