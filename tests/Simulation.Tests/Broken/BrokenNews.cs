using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Simulation.Tests.Broken;

/// <summary>Takes the end of a savepoint for that of a checkpoint: sinks commit by it.</summary>
/// <param name="inner">The subtask itself.</param>
/// <param name="savepoints">The savepoints that sources have been told of, in all subtasks.</param>
internal sealed class BrokenNews(ISubtask inner, HashSet<CheckpointId> savepoints) : BrokenSubtask(inner)
{
    public override Mailbox<SubtaskCommand> Commands { get; } = new();

    public override Action? Wake
    {
        set
        {
            Commands.Posted = value;
            base.Wake = value;
        }
    }

    public override StepResult Step()
    {
        while (Commands.TryTake(out var command))
        {
            if (command is SubtaskCommand.InjectBarrier { Barrier: { Kind: CheckpointKind.Savepoint, IsFinal: false } barrier })
            {
                savepoints.Add(barrier.Checkpoint.Id);
            }

            base.Commands.Post(command is SubtaskCommand.Forget(var forgotten) && savepoints.Contains(forgotten)
                ? new SubtaskCommand.Complete(forgotten)
                : command);
        }

        return base.Step();
    }
}
