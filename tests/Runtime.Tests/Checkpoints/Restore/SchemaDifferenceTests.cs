using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

/// <summary>Each kind of difference is told apart by what the forms are, and its text and its advice follow from the kind.</summary>
public sealed class SchemaDifferenceTests
{
    private static readonly Schema Long = Schema.Of("long");
    private static readonly Schema Text = Schema.Of("string");
    private static readonly Schema Kept = new(PaneSchema.KeptRecords, [new("item", Text)]);

    [Fact]
    public void Equal_forms_have_none() => Assert.Null(Of([new("a", Long), new("b", Kept)], [new("a", Long), new("b", Kept)]));

    [Fact]
    public void A_member_at_the_end_is_added_or_removed()
    {
        Assert.Equal(new SchemaDifference.Added("b", Text), Of([new("a", Long)], [new("a", Long), new("b", Text)]));
        Assert.Equal(new SchemaDifference.Removed("b", Text), Of([new("a", Long), new("b", Text)], [new("a", Long)]));
    }

    [Fact]
    public void A_member_in_the_middle_is_added_or_removed_and_is_no_change_of_its_neighbour()
    {
        Assert.Equal(new SchemaDifference.Added("b", Text), Of([new("a", Long)], [new("b", Text), new("a", Long)]));
        Assert.Equal(new SchemaDifference.Removed("b", Text), Of([new("b", Text), new("a", Long)], [new("a", Long)]));
    }

    [Fact]
    public void A_member_under_another_name_is_renamed() =>
        Assert.Equal(new SchemaDifference.Renamed("a", Long, "b", Text), Of([new("a", Long)], [new("b", Text)]));

    [Fact]
    public void Members_in_another_order_are_moved() => Assert.Equal(
        new SchemaDifference.Moved("a", Long, "b", Text),
        Of([new("a", Long), new("b", Text)], [new("b", Text), new("a", Long)]));

    [Fact]
    public void A_member_of_another_type_is_retyped_at_any_depth() => Assert.Equal(
        new SchemaDifference.Retyped("key.Day.Year", Long, Text),
        Of([Nested("key", Long)], [Nested("key", Text)]));

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
        Assert.IsType<SchemaDifference.Retyped>(Of([new("accumulator", folded)], [new("accumulator", Long)]));

        // Neither has a member of that name that is no operator's own.
        Assert.IsType<SchemaDifference.Retyped>(
            Of([new("split", new("s", [new("accumulator", Kept)]))], [new("split", new("s", [new("accumulator", folded)]))]));
    }

    [Fact]
    public void Other_windows_are_no_other_type()
    {
        var then = PaneSchema.Of(Long, Kept, Tumbling.Of(TimeSpan.FromHours(1)));
        Assert.IsType<SchemaDifference.OtherWindows>(Of(then, PaneSchema.Of(Long, Kept, Tumbling.Of(TimeSpan.FromHours(2)))));
    }

    public static TheoryData<string, string> Remedies { get; } = new()
    {
        { nameof(SchemaDifference.Added), "Take 'b' out again, or give" },
        { nameof(SchemaDifference.Removed), "Put 'a' back, or give" },
        { nameof(SchemaDifference.Renamed), "Call 'b' 'a' again, or give" },
        { nameof(SchemaDifference.Moved), "Put 'a' back to where it stood, or give" },
        { nameof(SchemaDifference.Retyped), "Change the type back, or give" },
        { nameof(SchemaDifference.OtherWindows), "Change the windows back, or give" },
        { nameof(SchemaDifference.OtherFold), "run it as it was then (JobOptions.Interpreted, [Pipeline]). Otherwise change" },
    };

    [Theory, MemberData(nameof(Remedies))]
    public void The_advice_is_that_of_the_kind_whatever_the_members_are_called(string kind, string remedy)
    {
        var difference = All().Single(one => one.GetType().Name == kind);
        Assert.Contains(remedy, difference.Advice, StringComparison.Ordinal);
        Assert.EndsWith("JobOptions.AllowNonRestoredState to start it empty.", difference.Advice, StringComparison.Ordinal);
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
        new SchemaDifference.Renamed("a", Long, "b", Text),
        new SchemaDifference.Moved("a", Long, "b", Text),
        new SchemaDifference.Retyped("accumulator.Sum", Long, Text),
        new SchemaDifference.OtherWindows("windows", Long, Text),
        new SchemaDifference.OtherFold("accumulator", Kept, Long, false),
    ];

    private static SchemaMember Nested(string name, Schema schema) =>
        new(name, new("Key", [new("Day", new("Day", [new("Year", schema)]))]));

    private static SchemaDifference? Of(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, bool wasInterpreted = false) =>
        SchemaDifference.Of(then, now, wasInterpreted);
}
