using Weir.Graph;

namespace Weir.Corpus;

/// <summary>One run of a program: how its jobs run, and what came out.</summary>
internal sealed class Performance(JobOptions options)
{
    private static readonly AsyncLocal<Performance?> OfThisFlow = new();

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public static Performance Current => OfThisFlow.Value
        ?? throw new InvalidOperationException("A program of the corpus runs in a performance.");

    public JobOptions Options { get; } = options;

    /// <summary>Gets the stages that a loop could have run, and how many of them one did run.</summary>
    public int Loops { get; private set; }

    public int Compiled { get; private set; }

    /// <summary>Gets the ids of all operators, in the order of the graph.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Gets the functions of those stages, and whether a loop ran the stage that each belongs to.</summary>
    public List<StageRun> Functions { get; } = [];

    /// <summary>What came out, in an order that does not depend on how subtasks ran.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines.Order(StringComparer.Ordinal));
            }
        }
    }

    public async Task<Performance> Do(Func<Task> program)
    {
        OfThisFlow.Value = this;
        await program();
        return this;
    }

    public void Catch(string name, string line)
    {
        lock (_lock)
        {
            _lines.Add($"{name}: {line}");
        }
    }

    /// <summary>Forgets what sinks were given by a job that failed: how far it came depends on its batches.</summary>
    public void Fail(string line)
    {
        lock (_lock)
        {
            _lines.RemoveAll(static caught => !caught.StartsWith("said: ", StringComparison.Ordinal));
            _lines.Add($"failure: {line}");
        }
    }

    public void Took(PipelineGraph graph)
    {
        var loops = graph.Stages.Where(IsLoop).ToHashSet();
        Loops += loops.Count;
        Ids.AddRange(graph.Stages.Select(static stage => stage.Id));
        var covered = new HashSet<Stage>();
        foreach (var last in graph.Stages)
        {
            for (var length = 1; length <= graph.Stages.Count; length++)
            {
                var stage = graph.FindSpan(last, length) is null ? null : last;
                for (var i = 0; stage is not null && i < length; i++)
                {
                    covered.Add(stage);
                    stage = stage.Inputs is [var only] ? only.Stage : null;
                }
            }
        }

        Compiled += covered.Count(loops.Contains);
        Functions.AddRange(loops.SelectMany(stage => StageRun.Of(stage, covered.Contains(stage))));
    }

    private static bool IsLoop(Stage stage) =>
        stage.Verb is "Where" or "Select" or "SelectMany" or "Flatten" or "WithEventTime" or "KeyBy" or "Aggregate"
            or "Split" or "DistinctBy" or "Deduplicate" or "Lag" or "TopN"
        || stage is { Verb: "Reduce", WindowForm: not null } or { Verb: "Process", Inputs.Length: 1 };
}
