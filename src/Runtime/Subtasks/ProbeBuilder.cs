using System.Diagnostics.CodeAnalysis;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators;

namespace Weir.Runtime.Subtasks;

/// <summary>Builds the probes of a path of stages, from the last to the first.</summary>
/// <param name="trace">What is found.</param>
/// <param name="next">The probe of the stage behind; null at the end of the path.</param>
/// <param name="by">The output of the stage by which the path goes on; null at its end.</param>
internal sealed class ProbeBuilder(SearchTrace trace, object? next, StageOutput? by) : IStageVisitor<object>
{
    /// <summary>Builds the probe of a path's first stage.</summary>
    /// <returns>The probe; null if the records are of another type: a bug, which must not hide the failure.</returns>
    public static Probe<T>? Build<T>(IReadOnlyList<Stage> path, SearchTrace trace)
    {
        object? next = null;
        for (var i = path.Count - 1; i >= 0; i--)
        {
            next = path[i].Accept(new ProbeBuilder(trace, next, i + 1 < path.Count ? path[i + 1].Inputs[0] : null));
        }

        return next as Probe<T>;
    }

    public object Visit<T>(FromStage<T> stage) => Pass<T>();

    public object Visit<T>(EventTimeStage<T> stage)
    {
        var then = Then<T>();
        if (stage.TimesOfSource is not null)
        {
            return then;
        }

        return new Probe<T>((value, _) =>
        {
            trace.Ask(stage, null);
            if (Asked(stage, () => stage.TimeOf(value), out var time))
            {
                then.On(value, time);
            }
        });
    }

    public object Visit<T, TOut>(RecordStage<T, TOut> stage)
    {
        var then = Then<TOut>();
        return new Probe<T>((value, time) =>
        {
            trace.Ask(stage, time);
            if (Asked(stage, () => (Is: stage.TryApply(value, out var one), One: one), out var made) && made.Is)
            {
                then.On(made.One!, time);
            }
        });
    }

    public object Visit<T, TOut>(SelectManyStage<T, TOut> stage)
    {
        var then = Then<TOut>();
        return new Probe<T>((value, time) =>
        {
            using var items = new Expansion<TOut>();
            trace.Ask(stage, time);
            if (!Asked(stage, () => Opened(stage, items, value), out _))
            {
                return;
            }

            while (trace.Make() && items.TryNext(out var item))
            {
                then.On(item, time);
                trace.Ask(stage, time);
            }
        });
    }

    public object Visit<T, TKey>(KeyByStage<T, TKey> stage)
    {
        var then = Then<T>();
        return new Probe<T>((value, time) =>
        {
            trace.Ask(stage, time);
            if (stage.Key(value) is null)
            {
                throw new NullKeyException($"Operator '{stage.Id}'");
            }

            then.On(value, time);
        });
    }

    public object Visit<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage) => End<T>();

    public object Visit<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage) => End<T>();

    public object Visit<T, TKey, TOut>(ProcessWindowStage<T, TKey, TOut> stage) => End<T>();

    public object Visit<T, TKey, TAcc, TValue, TOut>(AggregateProcessStage<T, TKey, TAcc, TValue, TOut> stage) => End<T>();

    public object Visit<T, TKey, TOut>(ProcessStage<T, TKey, TOut> stage) => End<T>();

    public object Visit<T>(RebalanceStage<T> stage) => Pass<T>();

    public object Visit<T>(SplitStage<T> stage)
    {
        var branch = by is null ? -1 : stage.Outputs.IndexOf(by);
        var then = by?.Accept(new Narrowing<T>(next!)) ?? End<T>();
        return new Probe<T>((value, time) =>
        {
            trace.Ask(stage, time);
            var chosen = stage.BranchOf(value);
            if (branch < 0 || chosen == branch)
            {
                then.On(value, time);
            }
        });
    }

    public object Visit<T>(BroadcastStage<T> stage) => Pass<T>();

    public object Visit<T>(PartitionStage<T> stage) => Pass<T>();

    public object Visit<T>(UnionStage<T> stage) => Pass<T>();

    public object Visit<T>(ToStage<T> stage) => End<T>();

    private static bool Opened<T, TOut>(SelectManyStage<T, TOut> stage, Expansion<TOut> items, T value)
    {
        if (stage.CatchesErrors)
        {
            items.OpenWhole(stage.Selector(value));
        }
        else
        {
            items.Open(stage.Selector(value));
        }

        return true;
    }

    // What the stage left out has failed nobody.
    private static bool Asked<T>(Stage stage, Func<T> ask, [MaybeNullWhen(false)] out T answer)
    {
        try
        {
            answer = ask();
            return true;
        }
        catch (Exception failure) when (stage.CatchesErrors && FailuresOfRecords.Are(failure))
        {
            answer = default;
            return false;
        }
    }

    private Probe<T> Pass<T>() => Then<T>();

    private Probe<T> Then<T>() => (Probe<T>?)next ?? End<T>();

    private Probe<T> End<T>() => new((_, time) => trace.Arrive(time));

    // A branch may be of records of a derived type.
    private sealed class Narrowing<T>(object then) : ITypedCall<Probe<T>>
    {
        public Probe<T> Of<TSide>()
        {
            var side = (Probe<TSide>)then;
            return new Probe<T>((value, time) => side.On((TSide)(object?)value!, time));
        }
    }
}
