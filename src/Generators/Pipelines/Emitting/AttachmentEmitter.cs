using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Pipelines.Planning;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Says what the interceptors of a pipeline do: attach loops, offer them, mark stages.</summary>
internal static class AttachmentEmitter
{
    /// <summary>The simple name of the class that offers loops.</summary>
    public const string OfferingClass = "Loops";

    /// <summary>What the pipeline's own calls do.</summary>
    public static EquatableArray<AttachmentModel> Of(PipelinePlan plan, Func<int, string> factoryOf)
    {
        var stages = plan.Pipeline.Stages;
        var offers = plan.Spans.Any(static span => span.Attachment is null);
        var marked = new HashSet<SiteModel>(MarkedStages(plan).Select(index => stages[index].Site));
        var attached = plan.Spans
            .Select((span, ordinal) => (span, ordinal))
            .Where(static item => item.span.Attachment is not null)
            .ToLookup(static item => item.span.Attachment!.Stage);
        var models = new List<AttachmentModel>();
        foreach (var call in Enumerable.Range(0, stages.Count)
            .Where(index => stages[index].Site is { IsOwn: true, IsCall: true })
            .GroupBy(index => stages[index].Site))
        {
            var spans = call.SelectMany(index => attached[index]).Select(item => new AttachedSpanModel
            {
                Span = New(item.span, factoryOf(item.ordinal)),
                Back = item.span.Attachment!.Back,
            });
            var model = new AttachmentModel
            {
                Stage = call.First(),
                Verb = stages[call.First()].Verb,
                Signature = stages[call.First()].Signature,
                Spans = new EquatableArray<AttachedSpanModel>([.. spans]),
                Mark = marked.Contains(call.Key) ? NameOf(plan.Pipeline, call.Key) : null,
                HasStageBehind = stages[call.First()].HasStageBehind,
                Offers = offers && (marked.Contains(call.Key) || stages[call.First()] is BoundaryStageModel || !HasBoundary(stages)),
            };
            if (model.Spans.Count > 0 || model.Mark is not null || model.Offers)
            {
                models.Add(model);
            }
        }

        return new EquatableArray<AttachmentModel>([.. models]);
    }

    /// <summary>The calls in helper methods that must mark their stages.</summary>
    public static EquatableArray<MarkModel> Marks(PipelinePlan plan) => new([.. MarkedStages(plan)
        .Select(index => (index, Stage: plan.Pipeline.Stages[index]))
        .Where(static item => !item.Stage.Site.IsOwn)
        .GroupBy(static item => item.Stage.Site)
        .Select(call => new MarkModel
        {
            Stage = call.First().index,
            Site = NameOf(plan.Pipeline, call.Key),
            HasStageBehind = call.First().Stage.HasStageBehind,
            Verb = call.First().Stage.Verb,
            Signature = call.First().Stage.Signature,
            OfferingClass = call.Any(stage => EndsOffered(stage.index, plan)) ? OfferingClassOf(plan) : null,
        })]);

    /// <summary>The class that offers the loops of a pipeline whose own method calls no verb, in full; null if it calls one.</summary>
    public static string? OfferingClassOf(PipelinePlan plan) =>
        plan.Pipeline.Stages.Any(static stage => stage.Site is { IsOwn: true, IsCall: true })
            || plan.Spans.All(static span => span.Attachment is not null)
            ? null
            : $"{PipelineEmitter.NamespaceOf(plan.Pipeline)}.{OfferingClass}";

    /// <summary>The expression that makes the factory of a loop.</summary>
    public static string New(SpanPlan span, string factory)
    {
        string[] facts =
        [
            .. span.TakesTimes is { } times ? [$"TakesTimes = {(times ? "true" : "false")}"] : Array.Empty<string>(),
            .. span.TellsEachRecord ? ["TellsEachRecord = true"] : Array.Empty<string>(),
            .. span.CatchesErrors ? ["CatchesErrors = true"] : Array.Empty<string>(),
            .. span.Form is WindowForms.None or WindowForms.Sliced ? Array.Empty<string>()
                : [$"Windows = global::Weir.WindowForm.{span.Form}"],
        ];
        return facts.Length == 0 ? $"new {factory}()" : $"new {factory}() {{ {string.Join(", ", facts)} }}";
    }

    /// <summary>The name of a call among all calls of the project.</summary>
    public static string NameOf(PipelineModel pipeline, SiteModel site) =>
        site.IsOwn ? $"{pipeline.HintName}#{site.Name}" : site.Name;

    private static bool EndsOffered(int stage, PipelinePlan plan) =>
        plan.Spans.Any(span => span.Checked.Count > 0 && span.Checked[span.Checked.Count - 1] == stage);

    private static bool HasBoundary(EquatableArray<StageModel> stages) =>
        stages.Any(static stage => stage is BoundaryStageModel { Site: { IsOwn: true, IsCall: true } });

    private static IEnumerable<int> MarkedStages(PipelinePlan plan) =>
        plan.Spans.SelectMany(static span => span.Checked).Distinct().OrderBy(static index => index);
}
