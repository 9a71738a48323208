using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using Weir.Hosting.Settings;

namespace Weir.Hosting.Tests;

/// <summary><c>ConfigurationSchema.json</c>, by which editors complete <c>appsettings.json</c>, knows what settings there are.</summary>
public sealed class SchemaTests
{
    // What cannot be said in a configuration, or is said in another way: Restart.
    private static readonly string[] OnlyInCode =
    [
        nameof(JobOptions.CheckpointStore), nameof(JobOptions.StateBackend), nameof(JobOptions.Arbiter), nameof(JobOptions.CreateMeter),
        nameof(JobOptions.Services),
        nameof(JobOptions.TimeProvider), nameof(JobOptions.OnEvent), nameof(JobOptions.RestartStrategy),
    ];

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(InHosting("ConfigurationSchema.json"))).RootElement;

    private static JsonElement Weir => Schema.GetProperty("properties").GetProperty(nameof(Weir));

    private static JsonElement Job => Schema.GetProperty("definitions").GetProperty("job");

    [Fact]
    public void Every_option_of_a_job_that_a_configuration_can_say_is_a_setting() => Assert.Equal(
        typeof(JobOptions).GetProperties().Select(option => option.Name).Except(OnlyInCode).Order(),
        Keys.OfJob.Except(
            [
                nameof(JobSettings.Enabled), nameof(JobSettings.Shutdown), nameof(JobSettings.SavepointDirectory),
                nameof(JobSettings.Restart),
            ]).Order());

    [Fact]
    public void Every_setting_is_in_the_schema_with_its_type_and_a_description()
    {
        Check(Job, typeof(JobSettings));
        Check(Job.GetProperty("properties").GetProperty("Restart"), typeof(RestartSettings));
        Check(Weir, typeof(WeirOptions), "Defaults", "Jobs", "Kafka");
        Check(Weir.GetProperty("properties").GetProperty("Health"), typeof(HealthLimits));
        Assert.Equal("#/definitions/job", Weir.GetProperty("properties").GetProperty("Defaults").GetProperty("$ref").GetString());
        Assert.Equal(
            "#/definitions/job",
            Weir.GetProperty("properties").GetProperty("Jobs").GetProperty("additionalProperties").GetProperty("$ref").GetString());
    }

    [Fact]
    public void The_package_has_the_schema_and_targets_that_tell_editors_of_it()
    {
        var packed = XDocument.Load(InHosting("Hosting.csproj")).Descendants("None")
            .Where(item => (string?)item.Attribute("Pack") == "true")
            .ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("PackagePath")!);
        Assert.Equal("/", packed["ConfigurationSchema.json"]);
        Assert.Equal("build/;buildTransitive/", packed["build/Weir.Hosting.targets"]);

        // One folder above that of the targets, wherever these are.
        var segment = Assert.Single(XDocument.Load(InHosting("build/Weir.Hosting.targets")).Descendants("JsonSchemaSegment"));
        Assert.Equal("$(MSBuildThisFileDirectory)../ConfigurationSchema.json", (string?)segment.Attribute("Include"));
        Assert.Equal(@"appsettings\..*json", (string?)segment.Attribute("FilePathPattern"));
    }

    private static void Check(JsonElement described, Type type, params string[] others)
    {
        // As strict as the configuration itself: a key that is written wrong is underlined.
        Assert.False(described.GetProperty("additionalProperties").GetBoolean());
        var properties = described.GetProperty("properties").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value);
        Assert.Equal(type.GetProperties().Select(member => member.Name).Concat(others).Order(), properties.Keys.Order());
        foreach (var member in type.GetProperties())
        {
            var property = properties[member.Name];
            Assert.False(string.IsNullOrWhiteSpace(property.GetProperty("description").GetString()));
            var kind = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
            if (kind.IsEnum)
            {
                Assert.Equal(
                    Enum.GetNames(kind).Order(), property.GetProperty("enum").EnumerateArray().Select(name => name.GetString()).Order());
                continue;
            }

            Assert.Equal(
                kind == typeof(bool) ? "boolean" : kind == typeof(int) || kind == typeof(long) ? "integer"
                    : kind == typeof(double) ? "number" : kind == typeof(string) || kind == typeof(TimeSpan) ? "string" : "object",
                property.GetProperty("type").GetString());
            Assert.Equal(kind == typeof(TimeSpan), property.TryGetProperty("pattern", out var pattern));
            if (kind == typeof(TimeSpan))
            {
                Assert.Matches(pattern.GetString()!, "00:00:10");
                Assert.Matches(pattern.GetString()!, "1.00:00:00.5");
                Assert.DoesNotMatch(pattern.GetString()!, "10");
            }
        }
    }

    private static string InHosting(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Hosting", file);
}
