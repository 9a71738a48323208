using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// The open windows that records fell into lately, each at the place that its number gives: a record that wanders between them is there
/// after one look.
/// </summary>
/// <remarks>
/// <para>A cache in front of the table of namespaces. The number of a window counts from
/// the first one that came, in its size, by a multiplication instead of a division. So windows of one size that lie side by side never meet
/// in one place, as they would by a hash: a look that fails now and then costs a mispredicted branch that waits for memory, which is most
/// of what wandering costs.</para>
/// <para>A window has one place, that of its middle. Where rounding sends a time near its ends elsewhere, or where windows differ in size,
/// it is not found here, and the caller asks the table. Results never depend on what is found here.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
internal sealed class RecentPanes<TKey, TAcc>
{
    /// <summary>The most windows that are held.</summary>
    public const int MaxPlaces = 65_536;

    // From so many slots on they are more than the cache holds.
    private const long LargeSlots = 65_536;

    // Up to here places are not given back: a steady stream of windows allocates nothing.
    private const int FreePlaces = 64;

    private RecentPane<TKey, TAcc>[] _panes = new RecentPane<TKey, TAcc>[1];
    private RecentTable<TKey, TAcc>[] _tables = new RecentTable<TKey, TAcc>[1];
    private long _slots;
    private long _base;
    private long _reciprocal;

    /// <summary>Gets the number of places.</summary>
    public int Places => _panes.Length;

    /// <summary>Gets a value indicating whether all slots together are more than the cache holds.</summary>
    public bool AreLarge => _slots >= LargeSlots;

    /// <summary>The window where that of a time would be, if it is held here: look if it covers the time.</summary>
    /// <param name="time">The time of a record.</param>
    /// <returns>The window.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly RecentPane<TKey, TAcc> Look(long time)
    {
        var panes = _panes;
        return ref panes[PlaceOf(time, panes)];
    }

    /// <summary>What else there is of the window that <see cref="Look"/> finds.</summary>
    /// <param name="time">The time of a record.</param>
    /// <returns>Its table and when it ends.</returns>
    public RecentTable<TKey, TAcc> TableOf(long time) => _tables[PlaceOf(time, _panes)];

    /// <summary>Holds a window, as its table is now.</summary>
    /// <param name="pane">The window; it is open.</param>
    /// <param name="table">Its table.</param>
    /// <param name="open">The number of open windows: places follow it.</param>
    public void Hold(in RecentPane<TKey, TAcc> pane, in RecentTable<TKey, TAcc> table, int open)
    {
        if (_reciprocal == 0)
        {
            // Rounded up, so that a start that lies behind the base has the number of its window: times are often whole hours or days. The
            // base lies before the first window as far as there are places, for others that are earlier. Windows of years need none.
            _base = unchecked(pane.Start - (pane.Size < 1UL << 46 ? MaxPlaces * (long)pane.Size : 0));
            _reciprocal = (long)Math.Min(long.MaxValue, (ulong.MaxValue / Math.Max(pane.Size, 2)) + 1);
        }

        ref readonly var place = ref _panes[HomeOf(pane)];
        if (place.Size != 0 && place.Start != pane.Start && _panes.Length < Math.Min(4L * open, MaxPlaces))
        {
            Begin(_panes.Length * 2);
        }

        Set(HomeOf(pane), pane, table);
    }

    /// <summary>A window is about to be removed: forgets it and its table.</summary>
    /// <param name="window">The window.</param>
    /// <param name="open">The number of windows that stay open.</param>
    public void Forget(TimeWindow window, int open)
    {
        var place = HomeOf(window.StartTime, (ulong)(window.EndTime - window.StartTime));
        if (_panes[place].Start == window.StartTime)
        {
            Set(place, default, default);
        }

        if (_panes.Length > FreePlaces && open < _panes.Length / 16)
        {
            Begin(Math.Max(FreePlaces, (int)BitOperations.RoundUpToPowerOf2((uint)open * 4)));
        }
    }

    /// <summary>Forgets all windows: what is held of their tables is so no longer.</summary>
    public void Clear()
    {
        if (_slots > 0)
        {
            Begin(_panes.Length);
        }
    }

    private void Begin(int places)
    {
        _panes = new RecentPane<TKey, TAcc>[places];
        _tables = new RecentTable<TKey, TAcc>[places];
        _slots = 0;
    }

    private void Set(int place, in RecentPane<TKey, TAcc> pane, in RecentTable<TKey, TAcc> table)
    {
        _slots += (pane.Slots?.Length ?? 0) - (_panes[place].Slots?.Length ?? 0);
        _panes[place] = pane;
        _tables[place] = table;
    }

    private int HomeOf(in RecentPane<TKey, TAcc> pane) => HomeOf(pane.Start, pane.Size);

    private int HomeOf(long start, ulong size) => PlaceOf(start + (long)(size / 2), _panes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(long time, RecentPane<TKey, TAcc>[] panes) =>
        (int)Math.BigMul(unchecked(time - _base), _reciprocal, out _) & (panes.Length - 1);
}
