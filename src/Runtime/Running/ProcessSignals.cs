using System.Runtime.InteropServices;

namespace Weir.Runtime.Running;

/// <summary>The signals of the process: Ctrl-C, SIGTERM, and their like on Windows. While somebody listens they do not end it.</summary>
internal sealed class ProcessSignals : IStopSignals
{
    public IDisposable Listen(Action<bool> onSignal) =>
        new Both(Listen(PosixSignal.SIGINT, isInterrupt: true, onSignal), Listen(PosixSignal.SIGTERM, isInterrupt: false, onSignal));

    private static PosixSignalRegistration Listen(PosixSignal signal, bool isInterrupt, Action<bool> onSignal) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            onSignal(isInterrupt);
        });

    private sealed record Both(PosixSignalRegistration Interrupt, PosixSignalRegistration Terminate) : IDisposable
    {
        public void Dispose()
        {
            Interrupt.Dispose();
            Terminate.Dispose();
        }
    }
}
