namespace Weir.Runtime.Channels;

/// <summary>Several sending ends as one.</summary>
/// <param name="ends">The ends. An array: every step walks it, and must not allocate an enumerator.</param>
internal readonly struct SendingEnds<TEnd>(TEnd[] ends) : ISendingEnd
    where TEnd : class, ISendingEnd
{
    /// <inheritdoc/>
    public Action? Wake
    {
        set
        {
            foreach (var end in ends)
            {
                end.Wake = value;
            }
        }
    }

    /// <inheritdoc/>
    public ChannelLoad Load
    {
        get
        {
            var load = default(ChannelLoad);
            foreach (var end in ends)
            {
                load += end.Load;
            }

            return load;
        }
    }

    /// <summary>Sends what full channels did not take before: of each, whatever the others do.</summary>
    /// <param name="isProgress">Set if anything was sent.</param>
    /// <returns>Whether nothing is left in any.</returns>
    public bool TryDrain(ref bool isProgress)
    {
        var isDrained = true;
        foreach (var end in ends)
        {
            isDrained &= end.TryDrain(ref isProgress);
        }

        return isDrained;
    }
}
