using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Settings;

/// <summary>Where settings lie in the configuration, and how they are read: a key that nobody knows is refused with its path.</summary>
internal static class Sections
{
    public const string Weir = "Weir";
    public const string Defaults = "Weir:Defaults";
    public const string Jobs = "Weir:Jobs";

    // What lies beside the members of WeirOptions.
    private static readonly string[] Inner = ["Defaults", "Jobs"];

    public static string OfJob(string name) => $"{Jobs}:{name}";

    /// <summary>Reads what holds for all jobs.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="options">What it is read into.</param>
    /// <param name="others">The sections that connectors of the host read.</param>
    /// <exception cref="OptionsValidationException">A value cannot be read, or nobody knows a key.</exception>
    public static void Bind(IConfiguration configuration, WeirOptions options, string[] others)
    {
        var section = configuration.GetSection(Weir);
        Keys.Check(section, [.. Keys.OfWeir, .. Inner, .. others.Distinct()]);
        Keys.Check(section.GetSection(nameof(WeirOptions.Health)), Keys.OfHealth);
        Read(section, () => section.Bind(options));
    }

    /// <summary>Reads the settings of a job: what holds for all jobs, and over it its own.</summary>
    /// <exception cref="OptionsValidationException">A value cannot be read, or nobody knows a key.</exception>
    public static void Bind(IConfiguration configuration, string job, JobSettings settings)
    {
        foreach (var path in (string[])[Defaults, OfJob(job)])
        {
            var section = configuration.GetSection(path);
            Keys.Check(section, Keys.OfJob);
            Keys.Check(section.GetSection(nameof(JobSettings.Restart)), Keys.OfRestart);
            Read(section, () => section.Bind(settings));
        }
    }

    private static void Read(IConfigurationSection section, Action bind)
    {
        try
        {
            bind();
        }
        catch (InvalidOperationException failure)
        {
            // The message of the binder names the path and the text that is wrong.
            throw new OptionsValidationException(section.Path, typeof(JobSettings), [failure.Message]);
        }
    }
}
