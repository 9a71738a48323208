using Weir.Testing.Faults;
using Weir.Testing.Oracles;

namespace Weir.Testing.Actors;

/// <summary>
/// Takes finished files away as soon as it sees them (H23), as programs do that read an output directory. It is careful: it takes a file
/// once, by its name, and only when the name is durable.
/// </summary>
/// <param name="files">The machine's files, past all faults.</param>
/// <param name="outputs">The directories that it watches.</param>
/// <param name="faults">Decides which file.</param>
/// <param name="trace">Where it is recorded.</param>
internal sealed class OutputConsumer(
    SimulatedFileSystem files, IReadOnlyList<VisibleOutput> outputs, FaultPlan faults, SimulationTrace trace) : IActor
{
    public void Act()
    {
        foreach (var output in outputs)
        {
            var visible = output.Visible();
            if (visible.Count > 0 && faults.AtConsumer(visible.Count) is { } index)
            {
                var name = visible[index];
                trace.Add($"*** the consumer takes {name}");
                files.SyncDirectory(output.Directory);
                output.Take(name);
                files.DeleteFile($"{output.Directory}/{name}");
                if (index % 2 == 0)
                {
                    files.SyncDirectory(output.Directory);
                }
            }
        }
    }
}
