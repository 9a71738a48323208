using Weir.Runtime.Files.Disk;
using Weir.Runtime.Running;
using Weir.Testing.Actors;

namespace Weir.Testing.Oracles;

/// <summary>Watches what must hold all the way: what is visible, the numbers of checkpoints, watermarks.</summary>
/// <param name="machine">The file system, past all faults.</param>
/// <param name="expected">What must come out.</param>
/// <param name="trace">Where violations are recorded.</param>
internal sealed class SimulationWatch(IFileSystem machine, IReadOnlyList<ExpectedOutput> expected, SimulationTrace trace)
{
    private readonly List<VisibleOutput> _outputs = [.. expected.Select(output => new VisibleOutput(machine, output))];
    private CheckpointId _newest;
    private bool _isChanged;

    /// <summary>Gets the first thing that was wrong, or null.</summary>
    public string? Violation { get; private set; }

    public int Attempts { get; private set; }

    public int Recoveries { get; private set; }

    public int Checkpoints { get; private set; }

    public IReadOnlyList<IReadOnlyList<string>> Rows => [.. _outputs.Select(output => output.Rows)];

    public void Violate(string what)
    {
        trace.Add($"!!! {what}");
        Violation ??= what;
    }

    /// <summary>An attempt is about to be stepped.</summary>
    public void OnBegun(SimulatedProcess process, JobAttempt attempt)
    {
        Attempts++;
        Recoveries += attempt.RestoredFrom is null ? 0 : 1;
        trace.Add($"{process.Name} begins attempt {attempt.Number} from {(attempt.RestoredFrom is { } from ? from.ToString() : "nothing")}");
        if (process.Life == ProcessLife.Alive && attempt.RestoredFrom is { } restored && restored.Id < _newest)
        {
            Violate($"Attempt {attempt.Number} continues from {restored}, but {_newest} had completed.");
        }
    }

    /// <summary>A process tells what happened.</summary>
    public void OnEvent(SimulatedProcess process, JobEvent e)
    {
        trace.Add($"{process.Name} says {e}");
        switch (e)
        {
            // Nothing here damages files: a checkpoint that exists can be used.
            case JobEvent.CheckpointUnusable(var checkpoint, var reason):
                Violate($"{checkpoint} was believed damaged: {reason}");
                break;
            case JobEvent.CheckpointCompleted(var checkpoint, _, _, _) when process.Life == ProcessLife.Alive:
                Checkpoints++;
                if (checkpoint.Id <= _newest)
                {
                    Violate($"{checkpoint} completed after {_newest}.");
                }

                _newest = checkpoint.Id;
                break;
        }
    }

    /// <summary>A file operation has taken effect.</summary>
    public void OnChanged(string operation, string path) =>
        _isChanged |= operation is "rename" or "delete" or "delete directory" && _outputs.Exists(output => output.Concerns(path));

    /// <summary>A turn has been taken.</summary>
    public void Look()
    {
        if (!_isChanged)
        {
            return;
        }

        _isChanged = false;
        foreach (var output in _outputs)
        {
            if (output.Look() is { } wrong)
            {
                Violate(wrong);
            }
        }
    }

    /// <summary>Power was lost: what is gone now was promised by nobody, unless the job says at its end that it is there.</summary>
    public void Forget()
    {
        _outputs.ForEach(output => output.Forget());
        _isChanged = true;
        Look();
    }

    /// <summary>The job is done.</summary>
    /// <param name="mayLeave">Whether hidden files may be left: those of processes that nobody cleans up after.</param>
    public void LookAtEnd(bool mayLeave)
    {
        foreach (var output in _outputs)
        {
            if (output.LookAtEnd() is { } wrong)
            {
                Violate(wrong);
            }
            else if (!mayLeave && output.Hidden().FirstOrDefault() is { } hidden)
            {
                Violate($"The job is done but has left '{hidden}' behind.");
            }
        }
    }
}
