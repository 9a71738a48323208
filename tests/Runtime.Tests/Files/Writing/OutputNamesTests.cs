using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Tests;

/// <summary>The names of output files and of their records say all, and are read back as they were made.</summary>
public sealed class OutputNamesTests
{
    public static TheoryData<string> Operators =>
        ["totals", "a-1-2", "Flights/to 3", "größe%", "..", "a.jsonl", "x-chk-1.a2-3-4", "owner-1", new string('ü', 300)];

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_part_file_is_known_by_its_name_in_every_state(string @operator)
    {
        var open = new PartName(PartName.OperatorOf("job", @operator), new RunId(0xfe), null, 12, 3, 45, ".jsonl");
        var pending = open with { Checkpoint = new CheckpointId(7) };

        foreach (var (text, part, state) in new[]
        {
            (open.InProgress, open, PartState.InProgress), (pending.Pending, pending, PartState.Pending),
                (pending.Finished, pending, PartState.Finished),
        })
        {
            Assert.True(PartName.TryParse(text, out var read, out var found), text);
            Assert.Equal((part, state), (read, found));
            Assert.Equal(state != PartState.Finished, text[0] == '.');
            Safe(text);
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_claim_is_known_by_its_name(string @operator)
    {
        var claim = new OwnerClaim(3, new OutputOwner(PartName.OperatorOf("job", @operator), new RunId(ulong.MaxValue), 12));

        Assert.True(OwnerClaim.TryParse(claim.FileName, out var read), claim.FileName);
        Assert.Equal(claim, read);
        Safe(claim.FileName);
    }

    [Theory]
    [InlineData(".jsonl")]
    [InlineData(".csv")]
    public void An_entry_of_the_ledger_is_known_by_its_name(string extension)
    {
        var entry = new LedgerEntry(new RunId(10), new CheckpointName(2, new CheckpointId(34)), 1, 5, 2, 1000, extension);

        Assert.Equal($"done-{extension[1..]}-000000000000000a-chk-34.a2-1-5-2-1000", entry.FileName);
        Assert.True(LedgerEntry.TryParse(entry.FileName, out var read));
        Assert.Equal(entry, read);
        Assert.Equal(
            [$"part-job+to-000000000000000a-chk-34.a2-1-5{extension}", $"part-job+to-000000000000000a-chk-34.a2-1-6{extension}"],
            entry.Parts("job+to").Select(part => part.Finished));
        Safe(entry.FileName);
    }

    [Theory]
    [InlineData("part-job+to-000000000000000a-chk-1.a1-0-0")]
    [InlineData("part-job+to-000000000000000a-chk-1.a1-0-00.jsonl")]
    [InlineData("part-job+to-000000000000000a-chk-1-0-0.jsonl")]
    [InlineData("part-job+to-00a-chk-1.a1-0-0.jsonl")]
    [InlineData("part-job+to-000000000000000a-a1-0-0.jsonl")]
    [InlineData(".part-job+to-000000000000000a-a1-0-0.jsonl.pending")]
    [InlineData(".part-job+to-000000000000000a-chk-1.a1-0-0.jsonl.inprogress")]
    [InlineData(".part-job+to-000000000000000a-chk-1.a1-0-0.jsonl")]
    [InlineData("part-000000000000000a-chk-1.a1-0-0.jsonl")]
    [InlineData("part-job+to-0-1-0.jsonl")]
    [InlineData("part-.jsonl")]
    [InlineData("")]
    [InlineData(".")]
    public void Other_names_are_not_taken_for_part_files(string name) => Assert.False(PartName.TryParse(name, out _, out _));

    [Theory]
    [InlineData("done-jsonl-000000000000000a-chk-34.a2-1-5-0-1000")]
    [InlineData("done--000000000000000a-chk-34.a2-1-5-2-1000")]
    [InlineData("done-jsonl-000000000000000a-chk-34-1-5-2-1000")]
    [InlineData("owner-job+to-000000000000000a-1")]
    [InlineData("owner--000000000000000a-a1-1")]
    [InlineData("lock")]
    [InlineData("")]
    public void Other_names_are_not_taken_for_records(string name)
    {
        Assert.False(LedgerEntry.TryParse(name, out _));
        Assert.False(OwnerClaim.TryParse(name, out _));
    }

    // Of Linux and of Windows.
    private static void Safe(string name)
    {
        Assert.InRange(name.Length, 1, 250);
        Assert.DoesNotContain(name, c => c is < ' ' or > '~' or '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');
        Assert.False(name.EndsWith('.') || name.EndsWith(' '), name);
    }
}
