using System.Globalization;

namespace Weir.Graph;

/// <summary>The stages of a job in order of construction, so that every stage follows its inputs.</summary>
public sealed class PipelineGraph
{
    private readonly List<Stage> _stages = [];
    private readonly Dictionary<string, int> _verbs = [];
    private readonly List<(Stage Last, CompiledSpan Span)> _spans = [];
    private readonly List<(string[] Sites, CompiledSpan Span)> _offers = [];
    private readonly Dictionary<Stage, string> _sites = [];

    /// <summary>Gets the stages; every stage follows its inputs.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Adds a stage behind its inputs and gives it a derived id.</summary>
    internal Stage Add(Stage stage)
    {
        // The ordinal counts stages of the same verb only: a new Where does not rename the aggregates behind it.
        var ordinal = _verbs.GetValueOrDefault(stage.Verb) + 1;
        _verbs[stage.Verb] = ordinal;
        stage.Id = string.Create(CultureInfo.InvariantCulture, $"{stage.Verb}-{ordinal}");
        if (stage.Inputs.Any(static input => input.IsMade && input.Stage.HasOneKey))
        {
            stage.Parallelism = 1;
        }

        // A side output may have users before its stage is made. The stage was begun before them: what it takes in is older still.
        var user = _stages.FindIndex(other => other.Inputs.Any(stage.Outputs.Contains));
        _stages.Insert(user < 0 ? _stages.Count : user, stage);
        for (var index = user < 0 ? _stages.Count - 1 : user; index < _stages.Count; index++)
        {
            _stages[index].Index = index;
        }

        return stage;
    }

    /// <summary>Puts a stage in front of one that has one input: it takes that in, and the other takes it.</summary>
    internal void InsertBefore(Stage stage, Stage added)
    {
        var place = _stages.IndexOf(stage);
        Add(added);
        _stages.Remove(added);
        _stages.Insert(place, added);
        for (var index = place; index < _stages.Count; index++)
        {
            _stages[index].Index = index;
        }

        stage.TakeInstead(added.Outputs[0]);
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
        stage.HasOwnId = true;
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

    /// <summary>
    /// Says which call made a stage. A call in a method that several pipelines use, or behind a condition, does not know what comes before
    /// it. Called by interceptors.
    /// </summary>
    /// <param name="stage">The stage.</param>
    /// <param name="site">Names the call.</param>
    public void Mark(Stage stage, string site)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(site);
        _sites[stage] = site;
    }

    /// <summary>Offers generated code for where these calls have made stages behind one another. Called by interceptors.</summary>
    /// <param name="span">The generated code.</param>
    /// <param name="sites">The calls, the last one last. There may be more than the code covers: they must be there, too.</param>
    public void Offer(CompiledSpan span, params string[] sites)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(sites);
        if (!_offers.Exists(offer => offer.Span.GetType() == span.GetType()))
        {
            _offers.Add((sites, span));
        }
    }

    /// <summary>Whether there is generated code that ends in a stage, fitting or not.</summary>
    internal bool HasCodeFor(Stage stage) => _spans.Exists(attached => attached.Last == stage) || _sites.ContainsKey(stage);

    private static Stage[]? RunOf(Stage last, int length)
    {
        var run = new Stage[length];
        var stage = last;
        for (var index = length - 1; index >= 0; index--)
        {
            run[index] = stage;
            if (index > 0)
            {
                if (stage.Inputs is not [var only])
                {
                    return null;
                }

                stage = only.Stage;
            }
        }

        return run;
    }

    /// <summary>The generated code that covers exactly <paramref name="length"/> stages up to <paramref name="last"/>, or null.</summary>
    /// <param name="last">The last stage to cover.</param>
    /// <param name="length">The number of stages to cover.</param>
    /// <param name="areTimed">Whether the records that come in carry event times; null where it does not matter.</param>
    /// <returns>The generated code, or null where the stages must be interpreted.</returns>
    public CompiledSpan? FindSpan(Stage last, int length, bool? areTimed = null)
    {
        return _spans.FirstOrDefault(attached => attached.Last == last && IsFor(attached.Span)).Span
            ?? _offers.FirstOrDefault(offer => IsFor(offer.Span) && WereMadeBy(offer.Sites)).Span;

        bool IsFor(CompiledSpan span) =>
            span.Length == length && span.Windows == (last.WindowForm ?? span.Windows)
            && last.AllowsMerges(span.Merges)
            && (areTimed is null || span.TakesTimes is null || span.TakesTimes == areTimed)
            && RunOf(last, length) is { } stages && span.Fits(stages)
            && (span.CatchesErrors || !last.CatchesErrors) && !Array.Exists(stages[..^1], static stage => stage.CatchesErrors)
            && (span.TellsEachRecord || !Array.Exists(stages, static stage => stage.NeedsEachRecord));

        bool WereMadeBy(string[] sites)
        {
            var stage = last;
            for (var i = sites.Length - 1; i >= 0; i--)
            {
                if (stage is null || !_sites.TryGetValue(stage, out var site) || site != sites[i])
                {
                    return false;
                }

                stage = stage.Inputs is [{ Name: null } only] ? only.Stage : null;
            }

            return true;
        }
    }
}
