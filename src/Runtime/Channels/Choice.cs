using Weir.Graph;

namespace Weir.Runtime.Channels;

/// <summary>Asks a partitioner, and refuses an answer that is no subtask.</summary>
internal static class Choice
{
    public static int Of<T>(PartitionStage<T> stage, in T value, int subtasks)
    {
        var chosen = stage.Partitioner(value, subtasks);
        return (uint)chosen < (uint)subtasks
            ? chosen
            : throw new InvalidOperationException(
                $"The partitioner of '{stage.Id}' answered {chosen} for the record '{value}', but the subtasks that follow are numbered "
                    + $"from 0 to {subtasks - 1}. Answer one of them, for instance a number that is not negative, modulo {subtasks}.");
    }
}
