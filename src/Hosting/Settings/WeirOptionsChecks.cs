using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Settings;

/// <summary>Checks what holds for all jobs at the start of the host.</summary>
/// <param name="host">How long the host waits for all that it stops.</param>
internal sealed class WeirOptionsChecks(IOptions<HostOptions> host) : IValidateOptions<WeirOptions>
{
    public ValidateOptionsResult Validate(string? name, WeirOptions options)
    {
        var (drain, limit) = (options.Drain, host.Value.ShutdownTimeout);
        return drain < TimeSpan.Zero ? Fail(nameof(options.Drain), $"it is {drain}, and must not be negative")
            : limit != Timeout.InfiniteTimeSpan && drain > limit ? Fail(
                nameof(options.Drain),
                $"it is {drain}, and the host stops waiting after {limit}: the last checkpoint would be cut off. Lower it, or raise "
                    + "HostOptions.ShutdownTimeout (and what ends the process behind it, such as terminationGracePeriodSeconds)")
            : options.Health.StepTime <= TimeSpan.Zero
                ? Fail(
                    $"{nameof(options.Health)}:{nameof(HealthLimits.StepTime)}",
                    $"it is {options.Health.StepTime}, and must be positive")
            : options.Health.CommitTime <= TimeSpan.Zero
                ? Fail(
                    $"{nameof(options.Health)}:{nameof(HealthLimits.CommitTime)}",
                    $"it is {options.Health.CommitTime}, and must be positive")
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string key, string why) =>
        ValidateOptionsResult.Fail($"'{Sections.Weir}:{key}' is wrong: {why}.");
}
