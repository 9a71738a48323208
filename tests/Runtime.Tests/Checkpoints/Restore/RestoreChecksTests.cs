using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.State;
using Weir.Runtime.Tests.Checkpoints.Manifests;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

public sealed class RestoreChecksTests
{
    private static readonly HashSet<string> None = [];
    private static readonly Manifest Manifest = ManifestFormatTests.Sample;

    [Fact]
    public void The_same_forms_are_accepted() => RestoreChecks.Check(Manifest, Now(), new JobOptions(), None);

    [Fact]
    public void A_member_whose_type_has_changed_is_named_by_its_path()
    {
        var message = Refused(Now(accumulator: new Schema("Total", [new("Sum", Schema.Of("double"))]) { Kind = SchemaKind.Object }));
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
        RestoreChecks.Check(Manifest, schemas, new JobOptions { AllowNonRestoredState = true }, None);
    }

    [Fact]
    public void State_that_lies_in_files_of_its_backend_alone_is_not_lost_without_a_word_either()
    {
        var file = new StateHandle.InSharedFile(new SharedFile(1, "000007.sst"), 10, 0);
        var totals = Manifest.Operators[1] with { Subtasks = [new OperatorSnapshot("totals", [file], [], [], [])] };
        var manifest = Manifest with { Operators = [Manifest.Operators[0], totals] };
        var schemas = Now();
        schemas["sums"] = schemas["totals"];
        schemas.Remove("totals");
        var message = Assert.Throws<JobException>(() => RestoreChecks.Check(manifest, schemas, new JobOptions(), None)).Message;
        Assert.Contains("holds state of operator 'totals', which the job does not have", message, StringComparison.Ordinal);
    }

    [Fact]
    public void H28_another_number_of_verbs_without_ids_of_their_own_is_refused_with_a_request_for_ids()
    {
        var manifest = Manifest with { Operators = [Manifest.Operators[0], Manifest.Operators[1] with { Id = "Aggregate-1" }] };
        var now = Now();
        now["Aggregate-1"] = now["totals"];
        now.Remove("totals");
        RestoreChecks.Check(manifest, now, new JobOptions(), None);

        // In front of the old one or behind it: nobody can tell.
        now["Aggregate-2"] = now["Aggregate-1"];
        foreach (var options in new[] { new JobOptions(), new JobOptions { AllowNonRestoredState = true } })
        {
            var message = Assert.Throws<JobException>(() => RestoreChecks.Check(manifest, now, options, None)).Message;
            Assert.Contains("there was 1 Aggregate without an id of its own, and there are 2 now", message, StringComparison.Ordinal);
            Assert.Contains(".Id(\"Aggregate-1\")", message, StringComparison.Ordinal);
        }

        // With an id of its own the new one takes nothing.
        now["new"] = now["Aggregate-2"];
        now.Remove("Aggregate-2");
        RestoreChecks.Check(manifest, now, new JobOptions(), None);

        // Of two, one is given up: which one is as open.
        var two = manifest with { Operators = [.. manifest.Operators, manifest.Operators[1] with { Id = "Aggregate-2" }] };
        Assert.Throws<JobException>(() => RestoreChecks.Check(two, now, new JobOptions { AllowNonRestoredState = true }, None));
    }

    [Fact]
    public void An_operator_that_is_gone_is_told_with_all_that_it_takes_to_go_on_without_it()
    {
        var gone = Manifest with { Operators = [.. Manifest.Operators, Manifest.Operators[1] with { Id = "removed" }] };
        var only = Assert.Throws<JobException>(() => RestoreChecks.Check(gone, Now(), new JobOptions(), None)).Message;
        Assert.EndsWith(
            "holds state of operator 'removed', which the job does not have. To give that state up, set "
                + "JobOptions.AllowNonRestoredState.",
            only,
            StringComparison.Ordinal);

        // Of two that the order names one stays: the option alone would be refused.
        var two = Manifest with
        {
            Operators = [Manifest.Operators[0], .. new[] { "Aggregate-1", "Aggregate-2" }
                .Select(id => Manifest.Operators[1] with { Id = id })],
        };
        var now = Now();
        now["Aggregate-1"] = now["totals"];
        now.Remove("totals");
        var first = Assert.Throws<JobException>(() => RestoreChecks.Check(two, now, new JobOptions(), None)).Message;
        Assert.Contains("set JobOptions.AllowNonRestoredState, and name those that stay.", first, StringComparison.Ordinal);
        var allowed = new JobOptions { AllowNonRestoredState = true };
        var second = Assert.Throws<JobException>(() => RestoreChecks.Check(two, now, allowed, None)).Message;
        Assert.Contains("there were 2 Aggregate without an id of its own, and there is 1 now", second, StringComparison.Ordinal);
        Assert.EndsWith(second, first, StringComparison.Ordinal);

        // Named as it was, by the user: then it is known which one has gone.
        RestoreChecks.Check(two, now, allowed, new HashSet<string> { "Aggregate-1" });
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
        Assert.Throws<JobException>(() => RestoreChecks.Check(Manifest, now, new JobOptions(), None)).Message;

    private static Dictionary<string, IReadOnlyList<SchemaMember>> Now(Schema? accumulator = null) => new()
    {
        ["From-1"] = Manifest.Operators[0].Schemas,
        ["totals"] = [new("key", Schema.Of("string")),
            new("accumulator", accumulator ?? new Schema("Total", [new("Sum", Schema.Of("long"))]) { Kind = SchemaKind.Object })],
    };
}
