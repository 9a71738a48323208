using Microsoft.Extensions.Options;

namespace Weir.Hosting.Settings;

/// <summary>Checks the settings of a job at the start of the host.</summary>
internal sealed class JobSettingsChecks : IValidateOptions<JobSettings>
{
    public ValidateOptionsResult Validate(string? name, JobSettings options)
    {
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
