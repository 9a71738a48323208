using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Hosting.Settings;

namespace Weir.Hosting.Tests;

/// <summary>What a configuration says of jobs; and what it must not say, told with its path before anything runs.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Settings_of_a_job_lie_over_those_of_all_key_by_key()
    {
        var settings = Read(
            ("Weir:Defaults:Parallelism", "2"),
            ("Weir:Defaults:CheckpointInterval", "00:00:10"),
            ("Weir:Jobs:totals:Parallelism", "8"),
            ("Weir:Jobs:others:CheckpointInterval", "00:01:00"));
        var options = settings.Over(new JobOptions());
        Assert.Equal((8, TimeSpan.FromSeconds(10)), (options.Parallelism, options.CheckpointInterval));
        Assert.Equal(new JobOptions().RetainedCheckpoints, options.RetainedCheckpoints);
    }

    [Fact]
    public void Code_has_the_last_word()
    {
        using var host = Build(
            [("Weir:Jobs:totals:Parallelism", "8")], weir => weir.ConfigureJob("totals", settings => settings.Parallelism = 3));
        Assert.Equal(3, host.Services.GetRequiredService<IOptionsMonitor<JobSettings>>().Get("totals").Parallelism);
    }

    [Fact]
    public void Every_setting_reaches_the_options()
    {
        // Each member of the settings that has a namesake among the options, set to a value that is not its default.
        foreach (var member in typeof(JobSettings).GetProperties().Where(member => member.SetMethod is not null))
        {
            if (typeof(JobOptions).GetProperty(member.Name) is not { } option)
            {
                Assert.Contains(
                    member.Name,
                    (string[])[nameof(JobSettings.Enabled), nameof(JobSettings.Shutdown), nameof(JobSettings.SavepointDirectory)]);
                continue;
            }

            var settings = new JobSettings();
            var value = Nullable.GetUnderlyingType(member.PropertyType) is { } type
                ? type == typeof(TimeSpan) ? TimeSpan.FromSeconds(77) : type == typeof(Guarantee) ? Guarantee.ExactlyOnce
                    : type == typeof(CheckpointMode) ? CheckpointMode.Unaligned
                    : type == typeof(bool) ? true : Convert.ChangeType(77, type, null)
                : "/var/lib/77";
            member.SetValue(settings, value);
            Assert.Equal(value, option.GetValue(settings.Over(new JobOptions())));
        }
    }

    [Theory]
    [InlineData(typeof(JobSettings))]
    [InlineData(typeof(RestartSettings))]
    [InlineData(typeof(WeirOptions))]
    [InlineData(typeof(HealthLimits))]
    public void Every_member_is_a_known_key(Type type)
    {
        var known = type == typeof(JobSettings) ? Keys.OfJob : type == typeof(RestartSettings) ? Keys.OfRestart
            : type == typeof(WeirOptions) ? Keys.OfWeir : Keys.OfHealth;
        Assert.Equal(type.GetProperties().Select(member => member.Name).Order(), known.Order());
    }

    [Theory]
    [InlineData("Weir:Jobs:totals:CheckpointInteval", "00:00:10", "'Weir:Jobs:totals:CheckpointInteval' is no setting of Weir")]
    [InlineData("Weir:Defaults:Restart:Atempts", "3", "'Weir:Defaults:Restart:Atempts' is no setting of Weir")]
    [InlineData("Weir:Jobs:totals:CheckpointInterval", "25:00:00", "which .NET reads as 25 days. Write '1.01:00:00' for 25 hours")]
    [InlineData("Weir:Jobs:totals:CheckpointInterval", "10", "which .NET reads as 10 days. Write '00:00:10' for 10 seconds")]
    [InlineData("Weir:Jobs:totals:CheckpointInterval", "90", "Write '00:01:30' for 90 seconds")]
    [InlineData("Weir:Jobs:totals:Parallelism", "many", "'many' at 'Weir:Jobs:totals:Parallelism'")]
    [InlineData("Weir:Jobs:totals:Parallelism", "0", "'Weir:Jobs:totals:Parallelism' (or 'Weir:Defaults:Parallelism') is wrong")]
    [InlineData("Weir:Jobs:totals:Restart:Multiplier", "0.5", "'Weir:Jobs:totals:Restart' (or 'Weir:Defaults:Restart') is wrong")]
    [InlineData("Weir:Jobs:totals:Guarantee", "MostlyOnce", "'MostlyOnce' at 'Weir:Jobs:totals:Guarantee'")]
    [InlineData("Weir:Jobs:totals:Restart:Strategy", "Fixed",
        "'Fixed' at 'Weir:Jobs:totals:Restart:Strategy' is none of its values: Exponential, FixedDelay, FailureRate, None.")]
    [InlineData("Weir:Jobs:totals:CheckpointMode", "Unalign", "is none of its values: ExactlyOnce, Unaligned, AtLeastOnce.")]
    [InlineData("Weir:Jobs:totals:AlignedCheckpointTimeout", "00:00:01", "'Weir:Jobs:totals:AlignedCheckpointTimeout' (or ")]
    [InlineData("Weir:Drain", "00:00:40", "'Weir:Drain' is wrong: it is 00:00:40, and the host stops waiting after 00:00:30")]
    [InlineData("Weir:Jobs:totals:Shutdown", "Savepoint", "(or 'Weir:Defaults:Shutdown') is Savepoint, and there is no SavepointDirectory")]
    [InlineData("Weir:Jobs:totals:Shutdown", "Never", "'Never' at 'Weir:Jobs:totals:Shutdown'")]
    [InlineData("Weir:Drane", "00:00:10", "'Weir:Drane' is no setting of Weir")]
    [InlineData("Weir:Health:StepTime", "00:00:00", "'Weir:Health:StepTime' is wrong")]
    public async Task A_wrong_setting_ends_the_start_and_is_told_with_its_path(string key, string value, string expected)
    {
        using var host = Build([(key, value)]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_for_a_job_that_the_host_does_not_have_is_warned_of()
    {
        using var host = Build([("Weir:Jobs:totls:Parallelism", "2")]);
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'Weir:Jobs:totls' configures a job that this host does not have. Its jobs: totals", host.Logged());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Weir:Jobs:totals:Parallelism", false, false)]
    [InlineData("Wier:Jobs:totals:Parallelism", false, true)]
    [InlineData("Wier:Jobs:totals:Parallelism", true, false)]
    public async Task A_configuration_without_a_section_Weir_is_warned_of_unless_a_store_is_named(string key, bool isNamed, bool isWarned)
    {
        var builder = Hosts.Builder((key, "1"));
        builder.AddWeir().AddJob(
            "totals",
            (job, _) => Define(job),
            (options, _) => isNamed ? options with { CheckpointStore = new MemoryCheckpointStore() } : options);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isWarned, host.Logged().Any(message => message.StartsWith(
            "The configuration has no section 'Weir', and job 'totals' has no checkpoint directory", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Restart:Strategy", "None", "NoRestart")]
    [InlineData("Restart:Attempts", "5", "ExponentialRestart")]
    [InlineData("Restart:Strategy", "FixedDelay", "FixedDelayRestart")]
    [InlineData("Restart:Strategy", "FailureRate", "FailureRateRestart")]
    public void Restart_strategies_have_names(string key, string value, string expected) =>
        Assert.Equal(expected, Read(($"Weir:Jobs:totals:{key}", value)).Over(new JobOptions()).RestartStrategy.GetType().Name);

    [Fact]
    public void Two_jobs_cannot_have_one_name()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => Hosts.Builder().AddWeir().AddJob("totals", Define).AddJob("totals", Define));
        Assert.Contains("has a job 'totals' already", refused.Message, StringComparison.Ordinal);
    }

    private static JobSettings Read(params (string, string)[] configuration)
    {
        using var host = Build(configuration);
        return host.Services.GetRequiredService<IOptionsMonitor<JobSettings>>().Get("totals");
    }

    private static IHost Build((string, string)[] configuration, Action<WeirBuilder>? configure = null)
    {
        var builder = Hosts.Builder(configuration);
        var weir = builder.AddWeir().AddJob("totals", Define);
        configure?.Invoke(weir);
        return builder.Build();
    }

    private static void Define(Job job) => job.From([1, 2, 3]).Where(number => number > 0).To(StandardOutput.Lines<int>(writer: TextWriter.Null));
}
