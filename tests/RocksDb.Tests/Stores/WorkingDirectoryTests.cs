using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tests.Doubles;

namespace Weir.RocksDbState.Tests.Stores;

/// <summary>Who has which directory.</summary>
public sealed class WorkingDirectoryTests
{
    [Fact]
    public void Two_that_share_a_directory_take_a_part_each()
    {
        using var root = new TemporaryDirectory();
        var (one, other) = (new WorkingDirectory(root.Path), new WorkingDirectory(root.Path));
        Assert.StartsWith(Path.Combine(root.Path, "run-0"), one.Enter("a"), StringComparison.Ordinal);
        Assert.StartsWith(Path.Combine(root.Path, "run-1"), other.Enter("a"), StringComparison.Ordinal);
        one.Leave();
        other.Leave();
    }

    [Fact]
    public void What_a_dead_process_left_is_gone_when_the_next_begins()
    {
        using var root = new TemporaryDirectory();
        var left = Directory.CreateDirectory(Path.Combine(root.Path, "run-0", "1-0-0-0", "state-1")).FullName;
        var further = Directory.CreateDirectory(Path.Combine(root.Path, "run-1", "1-0-0-0")).FullName;
        var working = new WorkingDirectory(root.Path);
        Assert.True(Directory.Exists(working.Enter("a")));
        Assert.False(Directory.Exists(left));
        Assert.False(Directory.Exists(further));
        working.Leave();
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_named_with_what_to_do()
    {
        using var root = new TemporaryDirectory();
        var file = Path.Combine(root.Path, "file");
        File.WriteAllText(file, "");
        var failure = Assert.Throws<StateDirectoryException>(() => new WorkingDirectory(file).Enter("a"));
        Assert.Contains($"'{file}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("RocksDbOptions.Directory", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_somebody_has_open_is_refused_by_name()
    {
        using var root = new TemporaryDirectory();
        var memory = new NativeMemory(new RocksDbOptions());
        using var store = new RocksStore(memory, root.Path);
        var failure = Assert.Throws<StateDirectoryException>(() => new RocksStore(memory, root.Path));
        Assert.Contains(root.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_are_too_small_are_refused() =>
        Assert.Equal(
            "CacheBytes",
            Assert.Throws<ArgumentOutOfRangeException>(() => RocksDb.Backend(new RocksDbOptions { CacheBytes = 1000 })).ParamName);
}
