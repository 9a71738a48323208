using Weir.Runtime.Checkpoints.Coordination;

namespace Weir.Runtime.Tests.Checkpoints.Coordination;

public sealed class CheckpointShelfTests
{
    private static readonly SharedFile A = new(1, "a");
    private static readonly SharedFile B = new(2, "b");
    private static readonly SharedFile C = new(2, "c");

    [Fact]
    public void The_oldest_beyond_the_retained_number_go()
    {
        var shelf = Shelf(2, (Name(1, 1), []), (Name(1, 2), []));
        Assert.Empty(shelf.Surplus());
        shelf.Complete(Name(2, 3), []);
        Assert.Equal([Name(1, 1)], shelf.Surplus());
    }

    [Fact]
    public void One_that_was_given_up_goes_for_good_when_a_newer_one_has_completed()
    {
        var shelf = Shelf(2);
        shelf.GiveUp(Name(2, 1));
        Assert.Empty(shelf.Surplus());
        shelf.Complete(Name(2, 2), []);
        Assert.Equal([Name(2, 1)], shelf.Surplus());
        shelf.Remove(Name(2, 1));
        Assert.Empty(shelf.Surplus());
    }

    [Fact]
    public void A_manifest_that_the_arbiter_has_not_decided_for_goes_when_the_attempt_has_a_checkpoint_of_its_own()
    {
        var shelf = new CheckpointShelf(
            new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?> { [Name(1, 1)] = [] }, [Name(1, 2)], [], 3);
        Assert.Empty(shelf.Surplus());
        shelf.Complete(Name(2, 3), []);
        Assert.Equal([Name(1, 2)], shelf.Surplus());
    }

    [Fact]
    public void A_shared_file_goes_with_the_last_checkpoint_that_refers_to_it()
    {
        var shelf = Shelf(1, (Name(1, 1), [A]));
        shelf.Refer(Name(2, 2), [A, B]);
        shelf.Complete(Name(2, 2), [A, B]);
        Remove(shelf);
        Assert.Empty(shelf.Unreferenced());
        shelf.Refer(Name(2, 3), [B, C]);
        Assert.Empty(shelf.Unreferenced());
        shelf.Complete(Name(2, 3), [B, C]);
        Remove(shelf);
        Assert.Equal([A], shelf.Unreferenced());
    }

    [Fact]
    public void A_shared_file_of_a_checkpoint_that_was_given_up_stays_while_a_later_snapshot_refers_to_it()
    {
        var shelf = Shelf(1);
        shelf.Refer(Name(2, 1), [B]);
        shelf.GiveUp(Name(2, 1));
        shelf.Refer(Name(2, 2), [B, C]);
        shelf.Complete(Name(2, 2), [B, C]);
        Remove(shelf);
        Assert.Empty(shelf.Unreferenced());
    }

    [Fact]
    public void A_shared_file_that_an_earlier_attempt_left_without_a_checkpoint_is_free()
    {
        var shelf = new CheckpointShelf(
            new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?> { [Name(1, 1)] = [A] }, [], [A, new(1, "orphan")], 3);
        Assert.Equal([new SharedFile(1, "orphan")], shelf.Unreferenced());
    }

    [Fact]
    public void Nothing_is_free_while_a_checkpoint_is_kept_whose_references_cannot_be_read()
    {
        var shelf = new CheckpointShelf(
            new Dictionary<CheckpointName, IReadOnlyCollection<SharedFile>?> { [Name(1, 1)] = null }, [], [A], 1);
        Assert.Empty(shelf.Unreferenced());
        shelf.Complete(Name(2, 2), []);
        Remove(shelf);
        Assert.Equal([A], shelf.Unreferenced());
    }

    private static CheckpointName Name(long attempt, long id) => new(attempt, new(id));

    private static CheckpointShelf Shelf(int retained, params (CheckpointName Checkpoint, SharedFile[] Files)[] existing) => new(
        existing.ToDictionary(pair => pair.Checkpoint, pair => (IReadOnlyCollection<SharedFile>?)pair.Files), [],
            existing.SelectMany(pair => pair.Files), retained);

    private static void Remove(CheckpointShelf shelf)
    {
        foreach (var checkpoint in shelf.Surplus())
        {
            shelf.Remove(checkpoint);
        }
    }
}
