using System.Globalization;
using Weir.Testing;

namespace Weir.Simulation.Tests;

/// <summary>How a number of seeds went.</summary>
internal sealed class SeedTally
{
    private readonly Lock _lock = new();
    private readonly List<SimulationResult> _failed = [];
    private readonly int[] _seedsByFault = new int[Enum.GetValues<SimulatedFault>().Length];

    public int Count { get; private set; }

    public int Recovered { get; private set; }

    public int Checkpoints { get; private set; }

    public long Turns { get; private set; }

    /// <summary>How many processes died or were believed dead.</summary>
    public int Deaths { get; private set; }

    public long Rows { get; private set; }

    public void Add(SimulationResult result)
    {
        lock (_lock)
        {
            Count++;
            Recovered += result.Recoveries > 0 ? 1 : 0;
            Checkpoints += result.Checkpoints;
            Turns += result.Turns;
            Rows += result.Outputs.Sum(rows => rows.Count);
            Deaths += result.Faults[(int)SimulatedFault.Kill] + result.Faults[(int)SimulatedFault.PowerLoss]
                + result.Faults[(int)SimulatedFault.Pause] + result.Faults[(int)SimulatedFault.TakeOver];
            for (var fault = 0; fault < _seedsByFault.Length; fault++)
            {
                _seedsByFault[fault] += result.Faults[fault] > 0 ? 1 : 0;
            }

            if (result.Failure is not null)
            {
                _failed.Add(result);
            }
        }
    }

    /// <summary>In how many seeds a fault happened.</summary>
    public int SeedsWith(SimulatedFault fault) => _seedsByFault[(int)fault];

    /// <summary>Fails with the seeds that failed, how to see them again, and the lines that <c>seeds.txt</c> wants.</summary>
    public void AllPassed(Func<int, string>? replay = null)
    {
        var failed = _failed.OrderBy(result => result.Seed).ToList();
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {Count} seeds failed. For seeds.txt:\n{string.Join('\n', failed.Take(40).Select(LineOf))}\n\n" +
            string.Join("\n\n", failed.Take(5).Select(result => $"{result}\nRun it again, with a trace: {(replay ?? Seeds.Replay)(result.Seed)}")));
    }

    private static string LineOf(SimulationResult result)
    {
        var what = result.Failure!.Split('\n')[0];
        return string.Create(CultureInfo.InvariantCulture, $"{result.Seed} # {(what.Length > 100 ? what[..100] : what)}");
    }
}
