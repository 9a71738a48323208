using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Kills.Tests;

/// <summary>One start of the victim.</summary>
internal static partial class VictimProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Weir.Victim.dll");

    /// <summary>Runs it until it ends, or is dead.</summary>
    /// <param name="orders">What it is told: the members of <c>Orders</c>.</param>
    /// <param name="killAfter">When it is killed, from its first line on; null for never.</param>
    public static async Task<VictimEnd> RunAsync(IEnumerable<string> orders, TimeSpan? killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. orders])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var alive = new TaskCompletionSource();
        var lines = new List<string>();
        var output = ReadAsync(process.StandardOutput, lines, alive);
        var errors = ReadAsync(process.StandardError, lines, alive: null);
        if (killAfter is { } delay)
        {
            // From the first sign of life on, so that few kills fall into the start of the runtime.
            await Task.WhenAny(alive.Task, process.WaitForExitAsync());
            await Task.WhenAny(Task.Delay(delay), process.WaitForExitAsync());
            process.Kill();
        }

        await process.WaitForExitAsync();
        await output;
        await errors;
        return new VictimEnd(process.ExitCode, [.. lines]);
    }

    private static async Task ReadAsync(StreamReader reader, List<string> lines, TaskCompletionSource? alive)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }

            alive?.TrySetResult();
        }
    }

    /// <summary>How a start of the victim ended, and what it said.</summary>
    internal sealed partial record VictimEnd(int ExitCode, IReadOnlyList<string> Lines)
    {
        /// <summary>Gets whether somebody killed it with signal 9.</summary>
        public bool IsKilled => ExitCode == 137;

        /// <summary>Gets the bytes in flight in each of its checkpoints.</summary>
        public IEnumerable<long> InFlight => Lines.Select(line => InFlightForm().Match(line)).Where(match => match.Success)
            .Select(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

        /// <inheritdoc/>
        public override string ToString() => $"exit code {ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}";

        [GeneratedRegex("^checkpoint .* in-flight ([0-9]+)$")]
        private static partial Regex InFlightForm();
    }
}
