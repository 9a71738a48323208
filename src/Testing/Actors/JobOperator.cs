using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.State;
using Weir.Testing.Faults;
using Weir.Testing.Oracles;

namespace Weir.Testing.Actors;

/// <summary>Somebody who asks for checkpoints and stops the job, at any moment of its life, and looks at the answers.</summary>
/// <param name="job">The job.</param>
/// <param name="requests">How often.</param>
/// <param name="seed">When, and what.</param>
/// <param name="faults">Where it is counted.</param>
/// <param name="trace">Where it is recorded.</param>
/// <param name="machine">The machine's files, past all faults.</param>
internal sealed class JobOperator(
    SimulatedJob job, SimulationRequests requests, int seed, FaultPlan faults, SimulationTrace trace, SimulatedFileSystem machine) : IActor
{
    private static readonly double[] Rates = [0.1, 0.3, 0.8];

    private readonly Random _random = new(seed);
    private readonly List<(SimulatedProcess Process, AskedCheckpoint Asked)> _asked = [];
    private readonly double _rate = Rates[new Random(seed ^ 1).Next(Rates.Length)];
    private int _checkpointsLeft = new Random(seed ^ 2).Next(requests.MaxCheckpoints + 1);
    private int _stopsLeft = new Random(seed ^ 3).Next(requests.MaxStops + 1);
    private int _savepointsLeft = new Random(seed ^ 4).Next(requests.MaxSavepoints + 1);
    private readonly List<(SimulatedProcess Process, string Path, bool Stopped)> _savepoints = [];
    private int _directories;

    private SimulationWatch Watch => job.Watch;

    public void Act()
    {
        if (job.Current is not { Life: ProcessLife.Alive, HasEnded: false } process || _random.NextDouble() >= _rate)
        {
            return;
        }

        switch (_random.Next(8))
        {
            case 6 when _savepointsLeft > 0:
                _savepointsLeft--;
                Save(process, RequestKind.Savepoint, SimulatedFault.SavepointAsked);
                break;
            case 7 when _stopsLeft > 0 && requests.MaxSavepoints > 0:
                _stopsLeft -= _random.Next(2);
                Save(process, RequestKind.StopWithSavepoint, SimulatedFault.SavepointStopAsked);
                break;
            case 0 or 1 or 2 when _checkpointsLeft > 0:
                _checkpointsLeft--;
                Ask(process, RequestKind.Checkpoint, SimulatedFault.CheckpointAsked);
                break;
            case 3 when _asked.FindLast(asked => asked.Process == process).Asked is { } last:
                Withdraw(process, last);
                break;
            case 4 or 5 when _stopsLeft > 0:
                _stopsLeft -= _random.Next(2);
                Note(process, SimulatedFault.StopAsked);
                process.Post(process.Control.Requests.AskForStop);
                break;
        }
    }

    /// <summary>Looks at the answers so far.</summary>
    public void Look()
    {
        foreach (var (process, asked) in _asked)
        {
            if (asked.Answer.Task is { IsCompletedSuccessfully: true, Result: var checkpoint }
                && (checkpoint.State != CheckpointState.Completed
                    || (checkpoint.Kind != CheckpointKind.Savepoint && !Watch.HasCompleted(checkpoint.Name))))
            {
                Watch.Violate($"{process.Name} answers that {checkpoint.Name} exists, which has not completed.");
            }

            if (asked is { Savepoint: { } place, Answer.Task.IsCompletedSuccessfully: true })
            {
                _savepoints.Add((process, place.Path, asked.Kind == RequestKind.StopWithSavepoint));
            }

            if (process.HasEnded && !asked.Answer.Task.IsCompleted)
            {
                Watch.Violate($"The job has ended in {process.Name}, but request {asked.Number} has no answer.");
            }
        }

        _asked.RemoveAll(asked => asked.Asked.Answer.Task.IsCompleted || asked.Process.Life == ProcessLife.Dead);
    }

    /// <summary>The savepoint that a process was stopped with; null for none.</summary>
    public string? StoppedWith(SimulatedProcess process)
    {
        Look();
        return _savepoints.FindLast(savepoint => savepoint.Process == process && savepoint.Stopped).Path;
    }

    /// <summary>Power has been lost: what was answered must be there, whole.</summary>
    public void LookAtEnd()
    {
        foreach (var (process, path, _) in _savepoints)
        {
            try
            {
                using var savepoint = Savepoint.Open(path, machine);
                var states = savepoint.Operators.SelectMany(stateful => stateful.States);
                foreach (var state in states.Where(state => state.Kind != PartKind.Opaque))
                {
                    _ = state.Read().Count();
                }
            }
            catch (Exception failure) when (failure is SavepointException or DamagedStateException)
            {
                Watch.Violate($"{process.Name} answers that there is a savepoint, but: {failure.Message}");
            }
        }
    }

    private void Save(SimulatedProcess process, RequestKind kind, SimulatedFault what)
    {
        Note(process, what);
        var path = $"/savepoints/{_directories++}";
        process.Post(() =>
        {
            var directory = process.Control.Savepoint(path);
            try
            {
                directory.Claim();
            }
            catch (CheckpointFailedException refused)
            {
                trace.Add($"{process.Name} {refused.Message}");
                return;
            }

            _asked.Add((process, process.Control.Requests.Ask(kind, directory)));
        });
    }

    private void Ask(SimulatedProcess process, RequestKind kind, SimulatedFault what)
    {
        Note(process, what);
        var isFickle = _random.Next(4) == 0;
        process.Post(() =>
        {
            var asked = process.Control.Requests.Ask(kind);
            _asked.Add((process, asked));
            if (isFickle)
            {
                Withdraw(process, asked);
            }
        });
    }

    private void Withdraw(SimulatedProcess process, AskedCheckpoint asked)
    {
        Note(process, SimulatedFault.RequestWithdrawn);
        process.Post(() => process.Control.Requests.Withdraw(asked, CancellationToken.None));
    }

    private void Note(SimulatedProcess process, SimulatedFault what)
    {
        faults.Note(what);
        trace.Add($"{process.Name} *** {what}");
    }
}
