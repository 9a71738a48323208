namespace Weir.Testing;

/// <content>What goes wrong, and when.</content>
public sealed partial class SimulatedFileSystem
{
    private readonly Random _random;
    private bool _isDown;

    /// <summary>Gets or sets what is asked before each operation: an exception that it answers is thrown instead of doing it.</summary>
    public Func<FileOperation, Exception?>? Fault { get; set; }

    /// <summary>Gets or sets the number of the operation before which the process dies; 0 for never.</summary>
    public long CrashAt { get; set; }

    /// <summary>Gets the number of operations so far.</summary>
    public long Operations { get; private set; }

    /// <summary>Gets or sets the bytes that still fit on the disk. Deleting files gives none back.</summary>
    public long FreeBytes { get; set; } = long.MaxValue;

    /// <summary>Gets or sets a value indicating whether locks keep anybody out. Some network file systems only pretend.</summary>
    public bool HasLocks { get; set; } = true;

    /// <summary>Gets which life of the machine this is; handles of an earlier one are dead.</summary>
    internal int Life { get; private set; }

    internal Lock Gate { get; } = new();

    /// <summary>The failure of a full disk.</summary>
    /// <param name="path">The file that did not fit.</param>
    /// <returns>The exception.</returns>
    public static IOException DiskFull(string path) => new($"The simulated disk that holds '{path}' is full for now.") { HResult = 28 };

    /// <summary>
    /// Kills the process and the machine: what was not made durable may be lost, handles die, locks are free. The next operation is a new
    /// process's.
    /// </summary>
    public void Crash()
    {
        lock (Gate)
        {
            _root.Crash(_random);
            _locks.Clear();
            Life++;
        }
    }

    /// <summary>Starts the process again after <see cref="CrashAt"/> has killed it.</summary>
    public void Restart()
    {
        lock (Gate)
        {
            _isDown = false;
            CrashAt = 0;
        }
    }

    /// <summary>Counts an operation, and fails if it must. Called under the gate.</summary>
    internal void Enter(FileOperationKind kind, string path, int life)
    {
        var operation = new FileOperation(kind, path, ++Operations);
        if (_isDown || life != Life)
        {
            throw new SimulatedCrashException(operation);
        }

        if (operation.Number == CrashAt)
        {
            Crash();
            _isDown = true;
            throw new SimulatedCrashException(operation);
        }

        if (Fault?.Invoke(operation) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Takes room for new bytes: as many as there are left.</summary>
    internal int Take(int bytes)
    {
        var taken = (int)Math.Min(bytes, FreeBytes);
        FreeBytes -= FreeBytes == long.MaxValue ? 0 : taken;
        return taken;
    }
}
