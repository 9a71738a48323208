using System.Globalization;

namespace Weir.Victim;

/// <summary>What the victim says of what happens to its job: a line each.</summary>
internal static class Told
{
    /// <summary>The line.</summary>
    public static string Of(JobEvent happened) => happened switch
    {
        JobEvent.CheckpointCompleted done => string.Create(
            CultureInfo.InvariantCulture,
            $"checkpoint {done.Checkpoint} state {done.SizeBytes} in-flight {done.Details?.InFlightBytes ?? 0}"),
        JobEvent.Started started => $"started attempt {started.Attempt} from {started.RestoredFrom?.ToString() ?? "nothing"}",
        _ => happened.ToString(),
    };
}
