using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Timers;

/// <summary>What an advance of a <see cref="TimerWheel{T}"/> did.</summary>
internal enum WheelStep
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>An item was put nearer to its time: there is more to do.</summary>
    Moved,

    /// <summary>An item was taken.</summary>
    Taken,
}

/// <summary>
/// Items by time, handed out in order of time. To add one, and to take it, costs a few moves, however many there are and however far apart
/// their times.
/// </summary>
/// <remarks>
/// <para>A hierarchical timing wheel (Varghese and Lauck 1987): eleven wheels of 64 places, one for each six bits of a time. An item lies
/// in the wheel of the highest digit in which its time differs from that of the wheel, and goes down, digit by digit, as time advances.
/// Memory is walked, not jumped in, which a heap of a million items is slower by.</para>
/// <para>Nothing can be deleted: who adds an item knows when he takes it whether it still counts. A copy of what is held elsewhere, so that
/// no snapshot holds it.</para>
/// </remarks>
/// <typeparam name="T">The items.</typeparam>
internal sealed class TimerWheel<T>
{
    private const int DigitBits = 6;
    private const int Places = 1 << DigitBits;
    private const int Levels = 11;
    private const int FirstItems = 16;
    private const int MostItems = 1024;
    private const int SpareChunks = 16;

    private readonly Chunk?[] _places = new Chunk?[Levels * Places];
    private readonly ulong[] _occupied = new ulong[Levels];

    // By size, for the next places that fill up.
    private readonly Stack<Chunk>[] _spare = [new(), new(), new(), new()];

    // No item lies before it. Times count from 0 here.
    private ulong _now;

    // The place whose items go down; there is none if it is below 0.
    private int _emptying = -1;

    /// <summary>Gets the number of items.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item.</summary>
    /// <param name="time">Its time; not before what has been taken.</param>
    /// <param name="item">The item.</param>
    public void Add(long time, T item)
    {
        Count++;
        Put(new Item(Unsigned(time), item));
    }

    /// <summary>Whether <see cref="Advance"/> has anything to do.</summary>
    /// <param name="time">Up to which time, itself included.</param>
    /// <returns>Whether it has.</returns>
    public bool IsDue(long time) => _emptying >= 0 || (Lowest(out _, out var start) && start <= Unsigned(time));

    /// <summary>Takes the earliest item if its time has come, or does one move towards that.</summary>
    /// <param name="upTo">Up to which time, itself included.</param>
    /// <param name="time">The time of what was taken.</param>
    /// <param name="item">What was taken.</param>
    /// <returns>What was done.</returns>
    public WheelStep Advance(long upTo, out long time, [MaybeNull] out T item)
    {
        (time, item) = (0, default);
        if (_emptying < 0)
        {
            if (!Lowest(out var place, out var start) || start > Unsigned(upTo))
            {
                return WheelStep.None;
            }

            if (place < Places)
            {
                var (at, taken) = Pop(place);
                if (_places[place] is null)
                {
                    _occupied[0] &= ~(1UL << place);
                }

                Count--;
                (time, item) = (Signed(at), taken);
                return WheelStep.Taken;
            }

            // What goes down is told apart by lower digits from now on.
            _now = start;
            _occupied[place / Places] &= ~(1UL << (place % Places));
            _emptying = place;
        }

        Put(Pop(_emptying));
        if (_places[_emptying] is null)
        {
            _emptying = -1;
        }

        return WheelStep.Moved;
    }

    private static ulong Unsigned(long time) => (ulong)time ^ (1UL << 63);

    private static long Signed(ulong time) => (long)(time ^ (1UL << 63));

    // The place of the earliest items, and the first time that belongs to it.
    private bool Lowest(out int place, out ulong start)
    {
        for (var level = 0; level < Levels; level++)
        {
            if (_occupied[level] == 0)
            {
                continue;
            }

            var digit = BitOperations.TrailingZeroCount(_occupied[level]);
            var shift = level * DigitBits;
            var above = level == Levels - 1 ? 0 : _now >> (shift + DigitBits) << (shift + DigitBits);
            (place, start) = ((level * Places) + digit, above | ((ulong)digit << shift));
            return true;
        }

        (place, start) = (0, 0);
        return false;
    }

    private void Put(in Item item)
    {
        // What should have been taken before is taken next.
        var time = Math.Max(item.Time, _now);
        var level = BitOperations.Log2((time ^ _now) | 1) / DigitBits;
        var digit = (int)(time >> (level * DigitBits)) & (Places - 1);
        ref var top = ref _places[(level * Places) + digit];
        if (top is null || top.Count == top.Items.Length)
        {
            top = Take(top);
        }

        top.Items[top.Count++] = item;
        _occupied[level] |= 1UL << digit;
    }

    private Item Pop(int place)
    {
        var top = _places[place]!;
        ref var last = ref top.Items[--top.Count];
        var item = last;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            last = default;
        }

        if (top.Count == 0)
        {
            _places[place] = top.Below;
            top.Below = null;
            var spare = _spare[SizeOf(top)];
            if (spare.Count < SpareChunks)
            {
                spare.Push(top);
            }
        }

        return item;
    }

    // Each chunk of a place is four times as long as the one below it: few items take little memory, and many are few chunks.
    private Chunk Take(Chunk? below)
    {
        var length = below is null ? FirstItems : Math.Min(4 * below.Items.Length, MostItems);
        if (!_spare[SizeOf(length)].TryPop(out var chunk))
        {
            chunk = new Chunk(new Item[length]);
        }

        chunk.Below = below;
        return chunk;
    }

    private static int SizeOf(Chunk chunk) => SizeOf(chunk.Items.Length);

    private static int SizeOf(int length) => BitOperations.Log2((uint)(length / FirstItems)) / 2;

    private readonly record struct Item(ulong Time, T Value);

    private sealed class Chunk(Item[] items)
    {
        public Item[] Items { get; } = items;

        public int Count { get; set; }

        public Chunk? Below { get; set; }
    }
}
