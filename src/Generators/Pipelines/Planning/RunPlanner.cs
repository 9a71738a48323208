using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Planning;

/// <summary>Finds runs: stages that follow one another, with nothing between, on some way through the pipeline.</summary>
internal static class RunPlanner
{
    public static IEnumerable<List<int>> RunsOf(EquatableArray<StageModel> stages)
    {
        // What is used once goes on in the loop of its user, but for one of several streams that a loop makes. Several may come before one
        // user: each is a way of its own.
        var next = new Dictionary<int, int>();
        var canBegin = new HashSet<int>();
        for (var i = 0; i < stages.Count; i++)
        {
            if (!IsInRun(stages[i]))
            {
                continue;
            }

            // A key that may not be told is asked for by a stage of its own, in front of KeyBy.
            var before = stages[i].Inputs.Count == 1 && stages[i] is not KeyByStageModel { CatchesErrors: true }
                ? stages[i].Inputs[0].Possible.Where(input => input < i && IsInRun(stages[input]) && !EndsRun(stages[input])
                    && stages[input].Users == 1).ToArray()
                : [];
            foreach (var input in before)
            {
                next[input] = i;
            }

            if (stages[i].Inputs.Count != 1 || stages[i].Inputs[0].Stage is not { } only || !before.Contains(only))
            {
                canBegin.Add(i);
            }
        }

        foreach (var first in canBegin)
        {
            var run = new List<int> { first };
            while (next.TryGetValue(run[run.Count - 1], out var following))
            {
                run.Add(following);
            }

            // What comes in and what goes out must have a name; anonymous records stay within a loop.
            run.RemoveRange(0, run.TakeWhile(index => stages[index].In is null).Count());
            while (run.Count > 0 && stages[run[run.Count - 1]].Out is null)
            {
                run.RemoveAt(run.Count - 1);
            }

            if (run.Count > 0)
            {
                yield return run;
            }
        }
    }

    // Behind it a stream goes on, and beside it another.
    private static bool EndsRun(StageModel stage) =>
        stage is SplitStageModel || (stage is RecordStageModel && stage.CatchesErrors);

    private static bool IsInRun(StageModel stage) => stage is LoopStageModel { IsCompiled: true }
        && !(stage is RecordStageModel { CatchesErrors: true } && (stage.In is null || stage.Out is null));
}
