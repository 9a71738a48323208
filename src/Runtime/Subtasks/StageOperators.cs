using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Keyed;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.Operators.Stateless;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Operators.Windows.Forms;
using Weir.Runtime.Operators.Windows.Triggered;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Subtasks;

/// <summary>Builds the interpreted operator of one stage: a <see cref="Receiver{T}"/> of the records that come in.</summary>
/// <param name="context">The stage, and what follows it.</param>
/// <param name="isExchange">Whether a <c>KeyBy</c> sends to other subtasks; otherwise it lets records pass, for the aggregate asks for keys
/// itself.</param>
/// <param name="sinks">Opens sinks.</param>
internal sealed class StageOperators(SpanContext context, bool isExchange, SinkOpener sinks) : IStageVisitor<object>
{
    public object Visit<T>(FromStage<T> stage) =>
        stage.Outputs.Length == 1 ? context.Next<T>() : new SourceOutlets<T>(context, context.Next<T>());

    public object Visit<T>(EventTimeStage<T> stage)
    {
        if (stage.TimesOfSource is not null)
        {
            var next = context.Next<T>();
            return new TakeEventTime<T>(stage.Id, context.Clock(stage, next), next);
        }

        var output = context.Collector<T>();
        return new AssignEventTime<T>(stage, context.Clock(stage, output.Next), output, CatcherOf<T>(stage));
    }

    public object Visit<T, TOut>(RecordStage<T, TOut> stage) =>
        new ApplyToRecords<T, TOut>(stage, context.Collector<TOut>(), CatcherOf<T>(stage));

    public object Visit<T, TOut>(SelectManyStage<T, TOut> stage) =>
        context.Resumed(new SelectMany<T, TOut>(
            stage.Selector, context.Collector<TOut>(), context.Subtask.Flow, CatcherOf<T>(stage)));

    public object Visit<T, TKey>(KeyByStage<T, TKey> stage) =>
        isExchange ? new SendByKey<T, TKey>(stage, context.Exchange<T>()) : context.Next<T>();

    public object Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage)
    {
        if (stage.Windows.Form == WindowForm.General)
        {
            return new GeneralWindows(context).Of(stage);
        }

        if (!stage.Windows.Allow(MergeOrder.Arrival))
        {
            return SharedRecords.Of(stage, context);
        }

        // Windows of these two forms have one result only.
        var isOnce = stage.Windows.Form is WindowForm.Sliced or WindowForm.Counted;
        var spare = isOnce && SpareLists<List<T>>.LetsGo<TOut>() ? new SpareLists<List<T>>() : null;
        var functor = new GroupFunctor<T, TKey, TOut>(stage, context.Seed, spare);
        return Windowed<T, TKey, List<T>, TOut, GroupFunctor<T, TKey, TOut>, GroupFold<T, TKey, TOut>>(
            stage.Id, stage.Windows, functor, new(stage), new RecordListCodec<T>(Codecs.Of<T>()));
    }

    public object Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage)
    {
        if (stage.Windows.Form == WindowForm.General)
        {
            return new GeneralWindows(context).Of(stage);
        }

        if (!stage.Windows.Allow(stage.Aggregate.Order))
        {
            return SharedRecords.Of(stage, context);
        }

        var functor = new AggregateFunctor<T, TKey, TAcc, TValue, TOut>(stage, context.Seed);
        return Windowed<
            T, TKey, TAcc, TOut, AggregateFunctor<T, TKey, TAcc, TValue, TOut>, AggregateFold<T, TKey, TAcc, TValue, TOut>>(
            stage.Id, stage.Windows, functor, new(stage), Codecs.Of<TAcc>());
    }

    public object Visit<T, TKey, TOut>(ProcessWindowStage<T, TKey, TOut> stage) => new GeneralWindows(context).Of(stage);

    public object Visit<T, TKey, TAcc, TValue, TOut>(AggregateProcessStage<T, TKey, TAcc, TValue, TOut> stage) =>
        new GeneralWindows(context).Of(stage);

    public object Visit<T, TKey, TOut>(ProcessStage<T, TKey, TOut> stage) =>
        context.Resumed(new CallProcess<T, TKey, TOut>(new ProcessByKey<T, TKey, TOut>(context, stage), stage.Key, context.Flow));

    public object Visit<T>(RebalanceStage<T> stage) => context.Next<T>();

    public object Visit<T>(SplitStage<T> stage) => SplitRecords<T>.Of(stage, context);

    public object Visit<T>(BroadcastStage<T> stage) => context.Next<T>();

    // Where it is an exchange, that asks the user's function.
    public object Visit<T>(PartitionStage<T> stage) =>
        isExchange ? context.Next<T>() : new CheckChoice<T>(stage, context.Next<T>());

    public object Visit<T>(UnionStage<T> stage) => context.Next<T>();

    public object Visit<T>(ToStage<T> stage) => sinks.Open(stage, context);

    private Catcher<T>? CatcherOf<T>(Stage stage) => stage.CatchesErrors ? context.Catcher<T>() : null;

    // The loop that adds to accumulators, in front of the operator of the form that the windows are kept in.
    private Kernel<T> Windowed<T, TKey, TAcc, TOut, TFunctor, TFold>(
        string id, WindowSpec<T> windows, TFunctor functor, TFold fold, Codec<TAcc> accumulators)
        where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
        where TFold : struct, IPaneFold<T, TKey, TAcc> => windows.Form == WindowForm.Running
        ? new FoldRunning<T, TKey, TAcc, TOut, TFunctor, TFold>(new(context, id, functor, accumulators), functor, fold)
        : WindowLoop.Of<T, TKey, TAcc, TOut, TFunctor, TFold>(context, id, windows, functor, fold, accumulators);
}
