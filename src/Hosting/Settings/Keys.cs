using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Settings;

/// <summary>The keys that sections may have. A key that is written wrong would change nothing, and nobody would notice.</summary>
internal static class Keys
{
    /// <summary>Members of <see cref="WeirOptions"/>.</summary>
    public static readonly string[] OfWeir =
    [
        nameof(WeirOptions.Drain), nameof(WeirOptions.StopHostOnFailure), nameof(WeirOptions.StopHostWhenFinished),
        nameof(WeirOptions.Health),
    ];

    /// <summary>Members of <see cref="HealthLimits"/>.</summary>
    public static readonly string[] OfHealth =
    [
        nameof(HealthLimits.StepTime), nameof(HealthLimits.CheckpointAge), nameof(HealthLimits.CommitTime),
        nameof(HealthLimits.WatermarkLag),
    ];

    /// <summary>Members of <see cref="JobSettings"/>.</summary>
    public static readonly string[] OfJob =
    [
        nameof(JobSettings.Enabled), nameof(JobSettings.Shutdown), nameof(JobSettings.SavepointDirectory),
        nameof(JobSettings.RestoreFrom), nameof(JobSettings.CheckpointMode), nameof(JobSettings.AlignedCheckpointTimeout),
        nameof(JobSettings.Parallelism), nameof(JobSettings.CheckpointInterval),
        nameof(JobSettings.CheckpointDirectory), nameof(JobSettings.CheckpointTimeout), nameof(JobSettings.CallTimeout),
        nameof(JobSettings.MinPause), nameof(JobSettings.MaxConcurrentCheckpoints), nameof(JobSettings.TolerableFailures),
        nameof(JobSettings.RetainedCheckpoints), nameof(JobSettings.AllowNonRestoredState), nameof(JobSettings.RepeatedFailureLimit),
        nameof(JobSettings.BatchCapacity), nameof(JobSettings.ChannelCapacity), nameof(JobSettings.ChannelCapacityBytes),
        nameof(JobSettings.KeyGroupCount), nameof(JobSettings.Guarantee), nameof(JobSettings.Interpreted),
        nameof(JobSettings.MaxRecordsPerSecond), nameof(JobSettings.Restart),
    ];

    /// <summary>Members of <see cref="RestartSettings"/>.</summary>
    public static readonly string[] OfRestart =
    [
        nameof(RestartSettings.Strategy), nameof(RestartSettings.Attempts), nameof(RestartSettings.Delay),
        nameof(RestartSettings.MaxDelay), nameof(RestartSettings.Multiplier), nameof(RestartSettings.ResetAfter),
        nameof(RestartSettings.MaxFailures), nameof(RestartSettings.Interval),
    ];

    private static readonly string[] Times =
    [
        nameof(WeirOptions.Drain), nameof(HealthLimits.StepTime), nameof(HealthLimits.CheckpointAge), nameof(HealthLimits.CommitTime),
        nameof(HealthLimits.WatermarkLag), nameof(JobSettings.CheckpointInterval), nameof(JobSettings.CheckpointTimeout),
        nameof(JobSettings.CallTimeout), nameof(JobSettings.AlignedCheckpointTimeout), nameof(JobSettings.MinPause),
        nameof(RestartSettings.Delay), nameof(RestartSettings.MaxDelay), nameof(RestartSettings.ResetAfter),
        nameof(RestartSettings.Interval),
    ];

    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(JobSettings.CheckpointMode)] = Enum.GetNames<CheckpointMode>(),
        [nameof(JobSettings.Shutdown)] = Enum.GetNames<ShutdownMode>(),
        [nameof(JobSettings.Guarantee)] = Enum.GetNames<Guarantee>(),
        [nameof(RestartSettings.Strategy)] = Enum.GetNames<RestartKind>(),
    };

    /// <summary>Refuses keys that nobody knows, names that there are not, and times that say days where seconds were meant.</summary>
    /// <exception cref="OptionsValidationException">There is one; the message has its path.</exception>
    public static void Check(IConfigurationSection section, string[] known)
    {
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                Refuse(section, $"'{child.Path}' is no setting of Weir. Known here: {string.Join(", ", known)}.");
            }

            if (!string.IsNullOrEmpty(child.Value) && Names.TryGetValue(child.Key, out var names)
                && !names.Contains(child.Value, StringComparer.OrdinalIgnoreCase))
            {
                Refuse(section, $"'{child.Value}' at '{child.Path}' is none of its values: {string.Join(", ", names)}.");
            }

            if (Times.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                CheckTime(section, child);
            }
        }
    }

    // .NET takes a number alone for days; and the first of several, which are hours, where it cannot be hours of a day.
    private static void CheckTime(IConfigurationSection section, IConfigurationSection time)
    {
        var parts = time.Value?.Split(':') ?? [];
        if (parts.Length == 0 || !int.TryParse(parts[0], out var number) || (parts.Length > 1 && number < 24))
        {
            return;
        }

        var (meant, unit) = parts.Length == 1 ? (TimeSpan.FromSeconds(number), "seconds") : (TimeSpan.FromHours(number), "hours");
        Refuse(section,
            $"'{time.Path}' is '{time.Value}', which .NET reads as {number} days. Write '{meant:c}' for {number} {unit}, or "
                + $"'{number}.00:00:00' for days.");
    }

    private static void Refuse(IConfigurationSection section, string failure) =>
        throw new OptionsValidationException(section.Path, typeof(JobSettings), [failure]);
}
