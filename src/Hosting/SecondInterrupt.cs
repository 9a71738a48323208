using System.Runtime.InteropServices;

namespace Weir.Hosting;

/// <summary>The Ctrl-C of somebody who does not want to wait for the last checkpoint.</summary>
/// <remarks>The first one stops the host. The host's own handler ignores all others.</remarks>
internal sealed class SecondInterrupt : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly Lock _lock = new();
    private PosixSignalRegistration? _registration;

    /// <summary>The host has begun to stop: whatever interrupt comes from now on is a second one.</summary>
    /// <returns>Cancelled by it.</returns>
    public CancellationToken Begin()
    {
        lock (_lock)
        {
            _registration ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
            {
                context.Cancel = true;
                OnSignal();
            });
        }

        return _interrupted.Token;
    }

    /// <summary>The signal has come.</summary>
    public void OnSignal() => _interrupted.Cancel();

    public void Dispose()
    {
        _registration?.Dispose();
        _interrupted.Dispose();
    }
}
