using Weir.Graph;

namespace Weir.Runtime.Kernels;

/// <summary>The outputs of a stage whose code pushes: the main one, and those that user code names by tags.</summary>
/// <typeparam name="TOut">The results.</typeparam>
internal sealed class Outlets<TOut>
{
    private readonly (object Tag, Outlet Outlet)[] _sides;

    /// <summary>Opens the outputs of the last stage of a span.</summary>
    public Outlets(SpanContext context)
        : this(context, context.MakesTimed)
    {
    }

    /// <summary>Opens the outputs of the last stage of a span.</summary>
    /// <param name="context">The span.</param>
    /// <param name="isTimed">Whether records have event times.</param>
    public Outlets(SpanContext context, bool isTimed)
    {
        Main = new Outlet<TOut>(context.Collector<TOut>(), context.Flow, isTimed);
        _sides = [.. context.Stages[^1].Outputs.Skip(1).Where(side => side.Tag is not null)
            .Select(side => (side.Tag!, side.Accept(new Opening(context, side, isTimed))))];
    }

    /// <summary>Gets the results.</summary>
    public Outlet<TOut> Main { get; }

    /// <summary>Gets a value indicating whether records wait for room.</summary>
    public bool AreBehind
    {
        get
        {
            if (Main.IsBehind)
            {
                return true;
            }

            foreach (var (_, outlet) in _sides)
            {
                if (outlet.IsBehind)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The output of a tag; null if nobody takes its records.</summary>
    /// <remarks>A process may have tags of its own in each subtask: then the name tells which is meant.</remarks>
    public Outlet<T>? Of<T>(SideOutput<T> side)
    {
        foreach (var (tag, outlet) in _sides)
        {
            if (ReferenceEquals(tag, side))
            {
                return (Outlet<T>)outlet;
            }
        }

        foreach (var (tag, outlet) in _sides)
        {
            if (tag is SideOutput<T> same && same.Name == side.Name)
            {
                return (Outlet<T>)outlet;
            }
        }

        return null;
    }

    /// <summary>Passes on what waits, as long as there is room.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public bool TryDrain()
    {
        Main.Drain();
        foreach (var (_, outlet) in _sides)
        {
            outlet.Drain();
        }

        return !AreBehind;
    }

    /// <summary>Passes on what is gathered.</summary>
    public void Flush()
    {
        Main.Flush();
        foreach (var (_, outlet) in _sides)
        {
            outlet.Flush();
        }
    }

    private sealed class Opening(SpanContext context, StageOutput side, bool isTimed) : ITypedCall<Outlet>
    {
        public Outlet Of<T>() => new Outlet<T>(context.Collector((StageOutput<T>)side), context.Flow, isTimed);
    }
}
