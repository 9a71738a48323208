namespace Weir.Runtime.Time;

/// <summary>The groups of an attempt whose inputs wait for one another. Shared by its subtasks, under a lock; any thread.</summary>
/// <remarks>
/// A subtask reports behind each batch and asks before it reads. Nobody waits here: a subtask that may not read goes on without, and is
/// woken when it may. The member with the least watermark always may, so that somebody always can go on.
/// </remarks>
internal sealed class Alignments
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (AlignmentGroup Group, List<AlignedMember> Members)> _groups = [];

    /// <summary>Joins a group. Until its first report the member holds everybody back: it is about to begin.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="maxDrift">How far it may be ahead of the least, in microseconds.</param>
    /// <param name="wake">Called, by any thread, when it may go further than it was told.</param>
    public AlignedMember Join(string group, long maxDrift, Action wake)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(group, out var joined))
            {
                _groups[group] = joined = (new AlignmentGroup(), []);
            }

            var member = new AlignedMember(this, joined.Group, joined.Members, maxDrift, wake);
            joined.Group.Report(member.Number, long.MinValue);
            joined.Members.Add(member);
            return member;
        }
    }

    internal void Report(AlignedMember member, long watermark)
    {
        List<AlignedMember>? released = null;
        lock (_lock)
        {
            if (member.Group.Report(member.Number, watermark))
            {
                foreach (var other in member.Members)
                {
                    if (other.HeldAt is { } held && held <= member.Group.LimitOf(other.MaxDrift))
                    {
                        other.HeldAt = null;
                        (released ??= []).Add(other);
                    }
                }
            }
        }

        released?.ForEach(static other => other.Wake());
    }

    internal bool MayRead(AlignedMember member, long watermark)
    {
        lock (_lock)
        {
            if (watermark <= member.Group.LimitOf(member.MaxDrift))
            {
                return true;
            }

            member.HeldAt = Math.Min(member.HeldAt ?? watermark, watermark);
            return false;
        }
    }
}
