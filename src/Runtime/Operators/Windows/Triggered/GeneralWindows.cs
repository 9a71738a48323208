using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Builds the operator of windows of the general form, and the loop in front of it, of each stage that can have them.</summary>
/// <param name="context">The stage, and what follows it.</param>
internal sealed class GeneralWindows(SpanContext context)
{
    public Receiver<T> Of<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage)
    {
        var evictor = WindowTriggers.EvictorOf(stage.Windows);
        if (evictor is not null || stage.Windows.Kind.AreMerging)
        {
            return Kept(stage.Id, stage.Windows, stage.Keyed.Key, new RecordsFunction<T, TKey, TOut>(
                evictor,
                stage.Windows.EvictWhen,
                (records, fire) => fire.Emit(stage.Result(new WindowGroup<TKey, T>(fire.Key, fire.Window, records)))));
        }

        var functor = new GroupFunctor<T, TKey, TOut>(stage, context.Seed);
        return InFront<T, TKey, List<T>, TOut, GroupFunctor<T, TKey, TOut>, RecordFold<T, TKey>>(
            new(context, stage.Id, stage.Windows, functor, new RecordListCodec<T>(Codecs.Of<T>())), new(stage.Keyed.Key), stage.Windows);
    }

    public Receiver<T> Of<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage)
    {
        var evictor = WindowTriggers.EvictorOf(stage.Windows);
        if (evictor is not null || !stage.Windows.Allow(stage.Aggregate.Order))
        {
            return Kept(stage.Id, stage.Windows, stage.Keyed.Key, new RecordsFunction<T, TKey, TOut>(
                evictor,
                stage.Windows.EvictWhen,
                (records, fire) => fire.Emit(stage.Result(fire.Key, fire.Window, Folded(stage.Aggregate, records)))));
        }

        var functor = new AggregateFunctor<T, TKey, TAcc, TValue, TOut>(stage, context.Seed);
        return InFront<
            T, TKey, TAcc, TOut, AggregateFunctor<T, TKey, TAcc, TValue, TOut>, AggregatedFold<T, TKey, TAcc, TValue>>(
            new(context, stage.Id, stage.Windows, functor, Codecs.Of<TAcc>()), new(stage.Keyed.Key, stage.Aggregate), stage.Windows);
    }

    public Receiver<T> Of<T, TKey, TOut>(ProcessWindowStage<T, TKey, TOut> stage)
    {
        var evictor = WindowTriggers.EvictorOf(stage.Windows);
        if (evictor is not null || stage.Windows.Kind.AreMerging)
        {
            var process = new ProcessOfWindows<IReadOnlyList<T>, TKey, TOut>(
                stage.MakeOne(), context.Subtask, stage.Id, stage.Windows.Kind);
            return Kept(stage.Id, stage.Windows, stage.Keyed.Key, new RecordsFunction<T, TKey, TOut>(
                evictor, stage.Windows.EvictWhen, process.Fire, process));
        }

        return InFront<T, TKey, List<T>, TOut, KeptFunctor<T, TKey, TOut>, RecordFold<T, TKey>>(
            ProcessedWindows.Of(context, stage), new(stage.Keyed.Key), stage.Windows);
    }

    public Receiver<T> Of<T, TKey, TAcc, TValue, TOut>(AggregateProcessStage<T, TKey, TAcc, TValue, TOut> stage)
    {
        var aggregate = stage.Aggregate;
        var evictor = WindowTriggers.EvictorOf(stage.Windows);
        if (evictor is not null || !stage.Windows.Allow(aggregate.Order))
        {
            var process = new ProcessOfWindows<TValue, TKey, TOut>(stage.MakeOne(), context.Subtask, stage.Id, stage.Windows.Kind);
            return Kept(stage.Id, stage.Windows, stage.Keyed.Key, new RecordsFunction<T, TKey, TOut>(
                evictor,
                stage.Windows.EvictWhen,
                (records, fire) => process.Fire(Folded(aggregate, records), fire),
                process));
        }

        return InFront<
            T, TKey, TAcc, TOut, AccumulatorFunctor<T, TKey, TAcc, TValue, TOut>, AggregatedFold<T, TKey, TAcc, TValue>>(
            ProcessedWindows.Of(context, stage), new(stage.Keyed.Key, aggregate), stage.Windows);
    }

    private static TValue Folded<T, TAcc, TValue>(IAggregate<T, TAcc, TValue> aggregate, IReadOnlyList<T> records)
    {
        var accumulator = aggregate.Create();
        foreach (var record in records)
        {
            aggregate.Add(ref accumulator, record);
        }

        return aggregate.Result(accumulator);
    }

    // Windows that keep their records with their times, for an evictor may ask for those, and in order of arrival, also where they merge.
    private Receiver<T> Kept<T, TKey, TOut>(string id, WindowSpec<T> spec, Func<T, TKey> key, RecordsFunction<T, TKey, TOut> function)
    {
        var arrivals = new Arrivals();
        return InFront<T, TKey, List<WindowRecord<T>>, TOut, TimedRecordsFunctor<T, TKey, TOut>, TimedRecordFold<T, TKey>>(
            new(context, id, spec, new(context.Seed), new TimedRecordListCodec<T>(Codecs.Of<T>(), arrivals), function),
            new(key, arrivals),
            spec);
    }

    private Receiver<T> InFront<T, TKey, TAcc, TOut, TFunctor, TFold>(
        TriggeredWindows<T, TKey, TAcc, TOut, TFunctor> windows, TFold fold, WindowSpec<T> spec)
        where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
        where TFold : struct, IWindowFold<T, TKey, TAcc> =>
        context.Resumed(new FoldIntoWindows<T, TKey, TAcc, TOut, TFunctor, TFold>(
            windows, fold, spec.Late is { } late ? context.Collector(late) : null, context.Flow));
}
