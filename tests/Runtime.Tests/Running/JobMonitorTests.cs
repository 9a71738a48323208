using Weir.Runtime.Running;

namespace Weir.Runtime.Tests.Running;

public sealed class JobMonitorTests
{
    [Fact]
    public void A_warning_that_nobody_listens_for_is_written_to_standard_error()
    {
        using var error = new StringWriter();
        using var monitor = new JobMonitor("job", new JobOptions(), error);
        monitor.On(new JobEvent.Warning("chk-2 is damaged.", null));
        Assert.Equal($"chk-2 is damaged.{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public void Whoever_wants_events_gets_them_alone()
    {
        using var error = new StringWriter();
        var events = new List<JobEvent>();
        using var monitor = new JobMonitor("job", new JobOptions { OnEvent = events.Add }, error);
        monitor.On(new JobEvent.Warning("chk-2 is damaged.", null));
        Assert.Single(events);
        Assert.Equal("", error.ToString());
    }
}
