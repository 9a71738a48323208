namespace Weir.Runtime.Files.Writing;

/// <summary>
/// An attempt's hold on its output directory: all subtasks of the sink have the same one, and the last of them lets go of the lock.
/// </summary>
internal sealed class OutputLease(OutputLeases leases, OutputOwner owner) : IDisposable
{
    public OutputOwner Owner => owner;

    /// <summary>Gets or sets the directory; null while it is being opened.</summary>
    public OutputDirectory? Opened { get; set; }

    public OutputDirectory Directory => Opened ?? throw new InvariantException($"{owner} uses a directory that is not open yet");

    /// <summary>Gets or sets the lock; null until it is taken, and once a later attempt has it.</summary>
    public IDisposable? Held { get; set; }

    /// <summary>Gets or sets how many subtasks have it.</summary>
    public int Uses { get; set; }

    /// <summary>Gets or sets a value indicating whether a later attempt has begun to take the directory.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>A subtask has ended.</summary>
    public void Dispose() => leases.Return(this);
}
