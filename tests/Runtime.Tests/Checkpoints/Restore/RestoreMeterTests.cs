using Weir.Runtime.Checkpoints.Restore;

namespace Weir.Runtime.Tests.Checkpoints.Restore;

/// <summary>The share of a checkpoint that has been read: each byte once to verify it and once to restore it.</summary>
public sealed class RestoreMeterTests
{
    private readonly RestoreMeter _meter = new();

    [Fact]
    public async Task The_share_grows_with_what_is_read_synchronously_or_not()
    {
        Assert.Null(_meter.Share);
        _meter.Begin(100);
        Assert.Equal(0, _meter.Share);
        await using (var verified = _meter.Count(new MemoryStream(new byte[100])))
        {
            await verified.ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken);
        }

        Assert.Equal(0.5, _meter.Share);
        using var restored = _meter.Count(new MemoryStream(new byte[100]));
        restored.Position = 40;
        restored.ReadExactly(new byte[60]);
        Assert.Equal(0.8, _meter.Share);
    }

    [Fact]
    public void A_second_checkpoint_begins_anew()
    {
        _meter.Begin(10);
        _meter.Count(new MemoryStream(new byte[10])).ReadExactly(new byte[10]);
        _meter.Begin(20);
        Assert.Equal(0, _meter.Share);
    }

    [Fact]
    public void What_is_read_again_never_makes_more_than_all()
    {
        _meter.Begin(10);
        for (var reading = 0; reading < 5; reading++)
        {
            _meter.Count(new MemoryStream(new byte[10])).ReadExactly(new byte[10]);
        }

        Assert.Equal(1, _meter.Share);
    }
}
