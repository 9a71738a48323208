namespace Weir.Runtime.Scheduling;

/// <summary>Steps steppers in turn on the calling thread: for tests, and to see what a run does without threads.</summary>
internal static class StepLoop
{
    /// <summary>Steps each in turn until all are done, or until a round finds nothing to do.</summary>
    /// <param name="steppers">What to drive.</param>
    /// <param name="maxRounds">Stops a run that never ends.</param>
    /// <returns>Whether all are done.</returns>
    public static bool Run(IReadOnlyList<IStepper> steppers, int maxRounds = 1_000_000)
    {
        var live = steppers.ToList();
        for (var round = 0; round < maxRounds && live.Count > 0; round++)
        {
            var isProgress = false;
            for (var i = 0; i < live.Count;)
            {
                var result = live[i].Step();
                isProgress |= !result.IsIdle;
                if (result.IsDone)
                {
                    live.RemoveAt(i);
                }
                else
                {
                    i++;
                }
            }

            if (!isProgress)
            {
                return false;
            }
        }

        return live.Count == 0;
    }
}
