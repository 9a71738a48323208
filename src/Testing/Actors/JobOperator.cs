using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Testing.Faults;
using Weir.Testing.Oracles;

namespace Weir.Testing.Actors;

/// <summary>Somebody who asks for checkpoints and stops the job, at any moment of its life, and looks at the answers.</summary>
/// <param name="job">The job.</param>
/// <param name="requests">How often.</param>
/// <param name="seed">When, and what.</param>
/// <param name="faults">Where it is counted.</param>
/// <param name="trace">Where it is recorded.</param>
internal sealed class JobOperator(SimulatedJob job, SimulationRequests requests, int seed, FaultPlan faults, SimulationTrace trace) : IActor
{
    private static readonly double[] Rates = [0.02, 0.1, 0.5];

    private readonly Random _random = new(seed);
    private readonly List<(SimulatedProcess Process, AskedCheckpoint Asked)> _asked = [];
    private readonly double _rate = Rates[new Random(seed ^ 1).Next(Rates.Length)];
    private int _checkpointsLeft = new Random(seed ^ 2).Next(requests.MaxCheckpoints + 1);
    private int _stopsLeft = new Random(seed ^ 3).Next(requests.MaxStops + 1);

    private SimulationWatch Watch => job.Watch;

    public void Act()
    {
        if (job.Current is not { Life: ProcessLife.Alive, HasEnded: false } process || _random.NextDouble() >= _rate)
        {
            return;
        }

        switch (_random.Next(6))
        {
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
                && (checkpoint.State != CheckpointState.Completed || !Watch.HasCompleted(checkpoint.Name)))
            {
                Watch.Violate($"{process.Name} answers that {checkpoint.Name} exists, which has not completed.");
            }

            if (process.HasEnded && !asked.Answer.Task.IsCompleted)
            {
                Watch.Violate($"The job has ended in {process.Name}, but request {asked.Number} has no answer.");
            }
        }

        _asked.RemoveAll(asked => asked.Asked.Answer.Task.IsCompleted || asked.Process.Life == ProcessLife.Dead);
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
