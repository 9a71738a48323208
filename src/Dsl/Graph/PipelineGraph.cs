using System.Globalization;

namespace Weir.Graph;

/// <summary>The stages of a job in order of construction, so that every stage follows its inputs.</summary>
public sealed class PipelineGraph
{
    private readonly List<Stage> _stages = [];
    private readonly Dictionary<string, int> _verbs = [];
    private readonly List<(Stage Last, CompiledSpan Span)> _spans = [];

    /// <summary>Gets the stages; every stage follows its inputs.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Adds a stage behind its inputs and gives it a derived id.</summary>
    internal Stage Add(Stage stage)
    {
        // The ordinal counts stages of the same verb only: a new Where does not rename the aggregates behind it.
        var ordinal = _verbs.GetValueOrDefault(stage.Verb) + 1;
        _verbs[stage.Verb] = ordinal;
        stage.Id = string.Create(CultureInfo.InvariantCulture, $"{stage.Verb}-{ordinal}");

        // A side output may have users before its stage is made. The stage was begun before them: what it takes in is older still.
        var user = _stages.FindIndex(other => other.Inputs.Any(stage.Outputs.Contains));
        _stages.Insert(user < 0 ? _stages.Count : user, stage);
        for (var index = user < 0 ? _stages.Count - 1 : user; index < _stages.Count; index++)
        {
            _stages[index].Index = index;
        }

        return stage;
    }

    /// <summary>Gives a stage the user's own id.</summary>
    internal void Name(Stage stage, string id)
    {
        Names.Check(id, "operator id");
        if (_stages.FirstOrDefault(other => other != stage && other.Id == id) is { } other)
        {
            throw new ArgumentException(
                $"Two operators have the id '{id}', the {stage.Verb} and the {other.Verb}: their state could not be told apart. Give "
                    + "each its own.", nameof(id));
        }

        stage.Id = id;
    }

    /// <summary>Attaches generated code that runs the stages up to and including <paramref name="last"/>. Called by interceptors.</summary>
    /// <param name="last">The last stage that it covers.</param>
    /// <param name="span">The generated code.</param>
    public void Attach(Stage last, CompiledSpan span)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(span);
        _spans.Add((last, span));
    }

    /// <summary>The generated code that covers exactly <paramref name="length"/> stages up to <paramref name="last"/>, or null.</summary>
    /// <param name="last">The last stage to cover.</param>
    /// <param name="length">The number of stages to cover.</param>
    /// <returns>The generated code, or null where the stages must be interpreted.</returns>
    public CompiledSpan? FindSpan(Stage last, int length) =>
        _spans.FirstOrDefault(attached => attached.Last == last && attached.Span.Length == length).Span;
}
