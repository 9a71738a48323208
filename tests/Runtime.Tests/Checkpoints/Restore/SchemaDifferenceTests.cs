using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

/// <summary>What stands against a restore: its text and its advice follow from the kind.</summary>
public sealed class SchemaDifferenceTests
{
    private static readonly Schema Long = Schema.Of("long");
    private static readonly Schema Text = Schema.Of("string");
    private static readonly Schema Kept = new(PaneSchema.KeptRecords, [new("item", Text)]) { Kind = SchemaKind.List };

    [Fact]
    public void Equal_forms_have_none() => Assert.Null(Of([new("a", Long), new("b", Kept)], [new("a", Long), new("b", Kept)]));

    [Fact]
    public void A_state_more_or_less_is_none_that_a_default_could_stand_for()
    {
        Assert.Equal(new SchemaDifference.Added("b", Text), Of([new("a", Long)], [new("a", Long), new("b", Text)]));
        Assert.Equal(new SchemaDifference.Removed("b", Text), Of([new("a", Long), new("b", Text)], [new("a", Long)]));
        Assert.Equal(new SchemaDifference.Removed("a", Long), Of([new("a", Long)], [new("b", Text)]));
    }

    [Fact]
    public void A_member_of_another_type_is_named_at_any_depth()
    {
        var difference = Assert.IsType<SchemaDifference.Unreadable>(Of([Nested("key", Long)], [Nested("key", Text)]));
        Assert.Equal(("key.Day.Year", "'key.Day.Year' was long and is string now"), (difference.Path, difference.Text));
    }

    [Fact]
    public void An_accumulator_that_keeps_its_records_in_one_form_only_is_folded_in_the_other()
    {
        var folded = new Schema("Pane", [new("Sum", Long)]);
        Assert.Equal(
            new SchemaDifference.OtherFold("accumulator", Kept, folded, true),
            Of([new("accumulator", Kept)], [new("accumulator", folded)], wasInterpreted: true));
        Assert.Equal(
            new SchemaDifference.OtherFold("accumulator", folded, Kept, false),
            Of([new("accumulator", folded)], [new("accumulator", Kept)]));

        // Two that both fold were not compiled in one form and interpreted in the other.
        Assert.IsType<SchemaDifference.Unreadable>(Of([new("accumulator", folded)], [new("accumulator", Long)]));

        // Neither has a member of that name that is no operator's own.
        Assert.IsType<SchemaDifference.Unreadable>(
            Of([new("split", new("s", [new("accumulator", Kept)]))], [new("split", new("s", [new("accumulator", folded)]))]));
    }

    [Fact]
    public void Other_windows_are_no_other_type()
    {
        var then = PaneSchema.Of(Long, Kept, Tumbling.Of(TimeSpan.FromHours(1)));
        Assert.IsType<SchemaDifference.OtherWindows>(Of(then, PaneSchema.Of(Long, Kept, Tumbling.Of(TimeSpan.FromHours(2)))));
    }

    [Fact]
    public void The_same_windows_in_the_general_form_are_others_if_they_have_one_of_their_own()
    {
        var (hourly, global) = (Tumbling.Of(TimeSpan.FromHours(1)), GlobalWindow.Instance);
        Assert.IsType<SchemaDifference.OtherWindows>(
            Of(PaneSchema.Of(Long, Kept, hourly), PaneSchema.OfGeneral(Long, Kept, hourly, hasOwnForm: true)));
        Assert.Null(Of(PaneSchema.Of(Long, Kept, global), PaneSchema.OfGeneral(Long, Kept, global, hasOwnForm: false)));
    }

    public static TheoryData<string, string> Remedies { get; } = new()
    {
        { nameof(SchemaDifference.Added), "Take 'b' out again, or give" },
        { nameof(SchemaDifference.Removed), "Put 'a' back, or give" },
        { nameof(SchemaDifference.Unreadable), "Change the type back, or give" },
        { nameof(SchemaDifference.Lost), "mark that one [WasNamed(\"total\")]; else put 'total' back. To give its state up, set" },
        { nameof(SchemaDifference.OtherWindows), "Change the windows back, or give" },
        { nameof(SchemaDifference.OtherFold), "run it as it was then (JobOptions.Interpreted, [Pipeline]). Otherwise change" },
    };

    [Theory, MemberData(nameof(Remedies))]
    public void The_advice_is_that_of_the_kind_whatever_the_members_are_called(string kind, string remedy)
    {
        var difference = All().Single(one => one.GetType().Name == kind);
        Assert.Contains(remedy, difference.Advice, StringComparison.Ordinal);
        Assert.EndsWith(
            difference is SchemaDifference.Lost ? "JobOptions.AllowNonRestoredState." : "JobOptions.AllowNonRestoredState to start it empty.",
            difference.Advice,
            StringComparison.Ordinal);
        Assert.Contains(difference.Path, difference.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_a_test_of_its_advice() => Assert.Equal(
        typeof(SchemaDifference).GetNestedTypes().Select(kind => kind.Name).Order(),
        Remedies.Select(row => row.Data.Item1).Order());

    private static IEnumerable<SchemaDifference> All() =>
    [
        new SchemaDifference.Added("b", Text),
        new SchemaDifference.Removed("a", Long),
        new SchemaDifference.Unreadable("accumulator.Sum", "'accumulator.Sum' was long and is string now", "Change the type back"),
        new SchemaDifference.Lost("total", "total", Long, ["sum"]),
        new SchemaDifference.OtherWindows("windows", Long, Text),
        new SchemaDifference.OtherFold("accumulator", Kept, Long, false),
    ];

    private static SchemaMember Nested(string name, Schema schema) =>
        new(name, Object("Key", new SchemaMember("Day", Object("Day", new SchemaMember("Year", schema)))));

    private static Schema Object(string name, params SchemaMember[] members) => new(name, members) { Kind = SchemaKind.Object };

    private static SchemaDifference? Of(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, bool wasInterpreted = false) =>
        SchemaDifference.Of(then, now, wasInterpreted);
}
