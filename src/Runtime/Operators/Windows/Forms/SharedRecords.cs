using Weir.Graph;
using Weir.Runtime.Kernels;

namespace Weir.Runtime.Operators.Windows.Forms;

/// <summary>
/// Builds the operators of windows that put records together in another order than they came in, by slices or as sessions that become one,
/// and have results that depend on it: they keep records.
/// </summary>
internal static class SharedRecords
{
    /// <summary>Of a function of the whole group.</summary>
    public static Kernel<T> Of<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage, SpanContext context) => Of<T, TKey, TOut>(
        stage.Id,
        stage.Windows,
        stage.Keyed.Key,
        (key, window, records) =>
        {
            var group = new WindowGroup<TKey, T>(key, window, records);
            var result = stage.Result(group);
            if (SpareLists<KeptRecords<T>>.LetsGo<TOut>())
            {
                group.Close();
            }

            return result;
        },
        SpareLists<KeptRecords<T>>.LetsGo<TOut>(),
        context);

    /// <summary>Of an aggregate of the user's that says so: each window folds its records.</summary>
    public static Kernel<T> Of<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage, SpanContext context)
    {
        var aggregate = stage.Aggregate;
        return Of<T, TKey, TOut>(
            stage.Id,
            stage.Windows,
            stage.Keyed.Key,
            (key, window, records) =>
            {
                var accumulator = aggregate.Create();
                foreach (var record in records)
                {
                    aggregate.Add(ref accumulator, record);
                }

                return stage.Result(key, window, aggregate.Result(accumulator));
            },
            letsGo: true,
            context);
    }

    private static Kernel<T> Of<T, TKey, TOut>(
        string id,
        WindowSpec<T> windows,
        Func<T, TKey> key,
        Func<TKey, TimeWindow, List<T>, TOut> result,
        bool letsGo,
        SpanContext context)
    {
        var arrivals = new Arrivals();
        var sharesParts = windows.Form != WindowForm.Session;
        var spare = letsGo && !sharesParts ? new SpareLists<KeptRecords<T>>() : null;
        return WindowLoop.Of<T, TKey, KeptRecords<T>, TOut, KeptRecordsFunctor<T, TKey, TOut>, KeptRecordsFold<T, TKey>>(
            context,
            id,
            windows,
            new(result, sharesParts, context.Seed, spare),
            new(key, arrivals),
            new KeptRecordsCodec<T>(Codecs.Of<T>(), arrivals));
    }
}
