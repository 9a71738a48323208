using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Subtasks;

/// <summary>How much is put aside in one step: as much as a tenth of a millisecond allows, however much work an entry is.</summary>
/// <remarks>
/// A single entry is never divided: one whose encoding takes longer makes a longer step. Where the clock stands still in a step, as in the
/// simulator, the number of slots ends it.
/// </remarks>
/// <param name="time">The job's clock.</param>
/// <param name="most">About the most slots that are visited.</param>
internal readonly struct SweepPace(TimeProvider time, int most)
{
    /// <summary>The time after which no further portion begins: less than the goal of 100 µs, for the last one goes beyond it.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromMicroseconds(80);

    // Some microseconds, beside which a look at the clock costs little.
    private const int BetweenLooks = 256;

    /// <summary>Does portions of a sweep.</summary>
    /// <param name="sweep">Does a portion of it.</param>
    /// <returns>Whether nothing is left to do.</returns>
    public bool Run(PortionOfWork sweep)
    {
        var begin = time.GetTimestamp();
        for (var left = most; left > 0;)
        {
            var (given, portion) = (Math.Min(left, BetweenLooks), Math.Min(left, BetweenLooks));
            if (sweep(ref portion))
            {
                return true;
            }

            left -= Math.Max(1, given - portion);
            if (time.GetElapsedTime(begin) >= MostTime)
            {
                break;
            }
        }

        return false;
    }
}
