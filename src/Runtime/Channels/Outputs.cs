namespace Weir.Runtime.Channels;

/// <summary>All sending ends of one subtask.</summary>
/// <param name="outputs">The ends. An array: barriers must not allocate an enumerator.</param>
internal sealed class Outputs(IOutput[] outputs)
{
    private readonly SendingEnds<IOutput> _all = new(outputs);

    /// <summary>Sets what to call, from any thread, when there is room again in any.</summary>
    public Action? Wake
    {
        set => _all.Wake = value;
    }

    /// <summary>Gets what waits for the receivers.</summary>
    public ChannelLoad Load => _all.Load;

    /// <inheritdoc cref="SendingEnds{TEnd}.TryDrain"/>
    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);

    /// <summary>Sends a barrier to every receiver, behind everything gathered so far.</summary>
    public void OnBarrier(Barrier barrier)
    {
        foreach (var output in outputs)
        {
            output.OnBarrier(barrier);
        }
    }

    /// <summary>Gets what barriers overtake in each, where they do.</summary>
    public IReadOnlyList<IInFlight> InFlight { get; } = [.. outputs.Select(output => output.InFlight).OfType<IInFlight>()];

    /// <inheritdoc cref="IOutput.OnForget"/>
    public void OnForget(CheckpointId checkpoint)
    {
        foreach (var output in outputs)
        {
            output.OnForget(checkpoint);
        }
    }

    /// <inheritdoc cref="IOutput.OnCaughtUp"/>
    public void OnCaughtUp()
    {
        foreach (var output in outputs)
        {
            output.OnCaughtUp();
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
