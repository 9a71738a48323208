using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tests.Stores;

public sealed class FullDiskTests
{
    [Theory]
    [InlineData("IO error: No space left on device: While appending to file: /state/7/000012.sst: No space left on device")]
    [InlineData("IO error: While open a file for appending: /state/7/000012.sst: No space left on device")]
    public void A_full_disk_is_told_with_its_place_and_fails_for_good(string text)
    {
        var failure = RocksStore.Failure(text, null);
        Assert.IsAssignableFrom<IPermanentFailure>(failure);
        Assert.StartsWith("The disk that holds '/state/7' is full.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_failure_is_told_as_RocksDB_tells_it()
    {
        var failure = RocksStore.Failure("Corruption: block checksum mismatch", null);
        Assert.False(failure is IPermanentFailure);
        Assert.Equal("RocksDB failed: Corruption: block checksum mismatch", failure.Message);
    }
}
