namespace Weir.Runtime.Channels;

/// <summary>All sending ends of one subtask.</summary>
/// <param name="outputs">The ends. An array: every step walks it, and must not allocate an enumerator.</param>
internal sealed class Outputs(IOutput[] outputs)
{
    /// <summary>Sets what to call, from any thread, when there is room again in any.</summary>
    public Action? Wake
    {
        set
        {
            foreach (var output in outputs)
            {
                output.Wake = value;
            }
        }
    }

    /// <summary>Gets what waits for the receivers.</summary>
    public ChannelLoad Load
    {
        get
        {
            var load = default(ChannelLoad);
            foreach (var output in outputs)
            {
                load += output.Load;
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
        foreach (var output in outputs)
        {
            isDrained &= output.TryDrain(ref isProgress);
        }

        return isDrained;
    }

    /// <summary>Sends a barrier to every receiver, behind everything gathered so far.</summary>
    public void OnBarrier(Barrier barrier)
    {
        foreach (var output in outputs)
        {
            output.OnBarrier(barrier);
        }
    }

    /// <summary>Tells every receiver that nothing follows.</summary>
    public void OnEnd()
    {
        foreach (var output in outputs)
        {
            output.OnEnd();
        }
    }
}
