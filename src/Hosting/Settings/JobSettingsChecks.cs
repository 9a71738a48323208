using Microsoft.Extensions.Options;

namespace Weir.Hosting.Settings;

/// <summary>Checks the settings of a job at the start of the host.</summary>
internal sealed class JobSettingsChecks : IValidateOptions<JobSettings>
{
    public ValidateOptionsResult Validate(string? name, JobSettings options)
    {
        if (options is { Shutdown: ShutdownMode.Savepoint, SavepointDirectory: null or "" })
        {
            var (own, common) = (Sections.OfJob($"{name}:{nameof(options.Shutdown)}"), $"{Sections.Defaults}:{nameof(options.Shutdown)}");
            return ValidateOptionsResult.Fail(
                $"'{own}' (or '{common}') is {nameof(ShutdownMode.Savepoint)}, and there is no "
                    + $"{nameof(JobSettings.SavepointDirectory)}: say there where savepoints are to be.");
        }

        try
        {
            options.Over(new JobOptions()).Check();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException failure)
        {
            var key = Keys.OfJob.Contains(failure.ParamName) ? failure.ParamName : nameof(JobSettings.Restart);
            return ValidateOptionsResult.Fail(
                $"'{Sections.OfJob($"{name}:{key}")}' (or '{Sections.Defaults}:{key}') is wrong: {failure.Message}");
        }
    }
}
