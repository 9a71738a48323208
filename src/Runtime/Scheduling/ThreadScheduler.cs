namespace Weir.Runtime.Scheduling;

/// <summary>Drives steppers on one worker thread a core, each stepper pinned to a worker: spin, then yield, then park.</summary>
public sealed class ThreadScheduler;
