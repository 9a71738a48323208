using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Tests.Checkpoints.Manifests;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

public sealed class RestoreChecksTests
{
    private static readonly Manifest Manifest = ManifestFormatTests.Sample;

    [Fact]
    public void The_same_forms_are_accepted() => RestoreChecks.Check(Manifest, Now(), new JobOptions());

    [Fact]
    public void A_member_whose_type_has_changed_is_named_by_its_path()
    {
        var message = Refused(Now(accumulator: new Schema("Total", [new("Sum", Schema.Of("double"))])));
        Assert.Contains("operator 'totals'", message, StringComparison.Ordinal);
        Assert.Contains("'accumulator.Sum' was long and is double now. Change the type back, or", message, StringComparison.Ordinal);
        Assert.DoesNotContain("interpreted", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accumulator_of_another_kind_points_at_compiled_and_interpreted()
    {
        var message = Refused(Now(accumulator: new Schema("list", [new("item", Schema.Of("Order"))])));
        Assert.Contains("with generated code where there was any", message, StringComparison.Ordinal);
        Assert.Contains("JobOptions.Interpreted", message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_that_would_be_lost_is_refused_naming_the_ids_of_both_sides()
    {
        var schemas = Now();
        schemas["sums"] = schemas["totals"];
        schemas.Remove("totals");
        var message = Refused(schemas);
        Assert.Contains("holds state of operator 'totals', which the job does not have", message, StringComparison.Ordinal);
        Assert.Contains("The job has operator 'sums'", message, StringComparison.Ordinal);
        RestoreChecks.Check(Manifest, schemas, new JobOptions { AllowNonRestoredState = true });
    }

    [Fact]
    public void H2_the_number_of_key_groups_is_fixed_for_the_life_of_the_state()
    {
        var other = Assert.Throws<JobException>(() => RestoreChecks.CheckKeyGroups(Manifest, new JobOptions { KeyGroupCount = 256 }));
        Assert.Contains("has 128 key groups, JobOptions.KeyGroupCount says 256", other.Message, StringComparison.Ordinal);
        Assert.Throws<JobException>(() => RestoreChecks.CheckKeyGroups(Manifest, new JobOptions { Parallelism = 129 }));
        RestoreChecks.CheckKeyGroups(Manifest, new JobOptions { Parallelism = 128 });
    }

    private static string Refused(IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> now) =>
        Assert.Throws<JobException>(() => RestoreChecks.Check(Manifest, now, new JobOptions())).Message;

    private static Dictionary<string, IReadOnlyList<SchemaMember>> Now(Schema? accumulator = null) => new()
    {
        ["From-1"] = Manifest.Operators[0].Schemas,
        ["totals"] = [new("key", Schema.Of("string")),
            new("accumulator", accumulator ?? new Schema("Total", [new("Sum", Schema.Of("long"))]))],
    };
}
