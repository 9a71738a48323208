using Weir.Graph;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Planning;

/// <summary>Refuses sinks that would write where another of the same job writes or reads.</summary>
internal static class FileUses
{
    public static void Check(PipelineGraph graph)
    {
        var outputs = new List<(Stage Stage, IFileOutput Sink)>();
        var inputs = new List<(Stage Stage, IFileInput Source)>();
        foreach (var stage in graph.Stages)
        {
            if (stage.Inputs is [var input] && input.Accept(new SinkOf(stage)) is { } sink)
            {
                outputs.Add((stage, sink));
            }

            if (stage.Outputs is [var output] && output.Accept(new SourceOf(stage)) is { } source)
            {
                inputs.Add((stage, source));
            }
        }

        foreach (var shared in outputs.GroupBy(output => output.Sink.Directory, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new PlanException(
                $"{string.Join(" and ", shared.Select(output => $"'{output.Stage.Id}'"))} of this job share the output directory "
                    + $"'{shared.Key}': what one finishes, the other would take for another's. Give each sink a directory of its own.");
        }

        foreach (var (reader, source) in inputs)
        {
            foreach (var (writer, sink) in outputs.Where(output => source.Covers(output.Sink.AnyPart)))
            {
                throw new PlanException(
                    $"'{writer.Id}' writes to '{sink.Directory}', and '{reader.Id}' reads what is there: the job would take its own "
                        + "output for input. Give the sink another directory.");
            }
        }
    }

    private sealed class SinkOf(Stage stage) : ITypedCall<IFileOutput?>
    {
        public IFileOutput? Of<T>() => (stage as ToStage<T>)?.Sink as IFileOutput;
    }

    private sealed class SourceOf(Stage stage) : ITypedCall<IFileInput?>
    {
        public IFileInput? Of<T>() => (stage as FromStage<T>)?.Source as IFileInput;
    }
}
