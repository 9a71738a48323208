using Weir.Testing.Disk;
using Weir.Testing.Scheduling;

namespace Weir.Testing.Actors;

/// <content>Each file operation: it may fail, stand still, hang, or be the last.</content>
internal sealed partial class SimulatedProcess : IOperationGuard
{
    private readonly List<StandingCall> _hanging = [];
    private StandingCall? _standing;

    public T Do<T>(string operation, string path, Func<T> perform)
    {
        var fault = Enter(operation, path);
        if (fault is { IsAfter: false } before)
        {
            Suffer(before.Fault, operation, path);
        }

        T result;
        try
        {
            result = perform();
        }
        catch
        {
            // Thrown anew from here, where no lock of the disk is held any more: a filter of the caller's (`when`) runs before the frames
            // below are left, and what it asks of the disk may stand still for long.
            throw;
        }

        _run.OnChanged(this, operation, path);
        if (fault is { IsAfter: true } after)
        {
            Suffer(after.Fault, operation, path);
        }

        return result;
    }

    public void DoWrite(string path, int length, Action<int> perform)
    {
        var fault = Enter("write", path);
        if (fault is { IsAfter: false } before)
        {
            if (before.Fault == SimulatedFault.WriteTorn && length > 0)
            {
                perform(_run.Faults.TornLength(length));
            }

            Suffer(before.Fault, "write", path);
        }

        perform(length);
        if (fault is { IsAfter: true } after)
        {
            Suffer(after.Fault, "write", path);
        }
    }

    public void Blame() => IsFaulted = true;

    private bool IsInWork => _threads?.Works.IsRunning == true;

    private (SimulatedFault Fault, bool IsAfter)? Enter(string operation, string path)
    {
        ThrowIfDead();
        _run.Trace.Add($"{Name}   {operation} {path}");
        if (_run.IsContested && _run.Faults.AtContest(operation) is { } isAfter)
        {
            return (SimulatedFault.Standstill, isAfter);
        }

        if (Life != ProcessLife.Alive || !_job.SuffersFaults)
        {
            return null;
        }

        // A database is written and linked with locks held, which the process itself waits for: it stands still as a whole, or not at all.
        return IsInWork && !path.StartsWith("/rocks/", StringComparison.Ordinal) && _run.Faults.AtCall() is { } hangsAfter
            ? (SimulatedFault.Hang, hangsAfter)
            : _run.Faults.AtOperation(operation);
    }

    private void Suffer(SimulatedFault fault, string operation, string path)
    {
        _run.Trace.Add($"{Name} *** {fault} at {operation} {path}");
        switch (fault)
        {
            case SimulatedFault.Kill:
                Die();
                break;
            case SimulatedFault.PowerLoss:
                _run.LosePower();
                break;
            case SimulatedFault.Pause:
                BecomeZombie();
                Stand(_run.Faults.PauseTurns());
                break;
            case SimulatedFault.Standstill:
                Stand(_run.Faults.StandstillTurns());
                break;
            case SimulatedFault.Hang:
                Hang();
                break;
            default:
                IsFaulted = true;
                _job.Watch.OnInjected(path);
                throw new IOException($"Injected: {operation} '{path}' failed ({fault}).");
        }

        ThrowIfDead();
    }

    /// <summary>The whole process stands still.</summary>
    private void Stand(int turns)
    {
        var works = _threads?.Works;
        var wasRunning = works?.IsRunning;
        _standing = new StandingCall(_run.Turns + turns);
        _run.Baton.Stand(_standing);
        if (works is not null)
        {
            works.IsRunning = wasRunning!.Value;
        }

        _run.Trace.Add($"{Name} *** goes on");
    }

    /// <summary>This call stands still; the process goes on without it.</summary>
    private void Hang()
    {
        IsFaulted = true;
        var works = _threads!.Works;
        var turns = _run.Faults.HangTurns();
        var call = new StandingCall(turns == long.MaxValue ? turns : _run.Turns + turns);
        _hanging.Add(call);
        works.IsRunning = false;
        _run.Baton.Stand(call);
        works.IsRunning = true;
        _run.Trace.Add($"{Name} *** a call that hung goes on");
    }

    private void GoOn(StandingCall hanging)
    {
        _hanging.Remove(hanging);
        _run.Baton.Resume(hanging);
    }

    private void ThrowIfDead()
    {
        if (Life == ProcessLife.Dead)
        {
            throw new ProcessDiedException($"Process {Name} is dead.");
        }
    }
}
