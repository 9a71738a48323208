namespace Weir.Guide.Tests.Windows;

internal static class CustomSnippet
{
    // <snippet custom>
    public sealed record Shift(string Customer, DateTime From, DateTime To, int Orders);

    /// <summary>The shop has two shifts: in UTC from 6:00 to 9:30, and from 9:30 to 20:00.</summary>
    public sealed record Shifts : CustomWindows
    {
        public override IEnumerable<TimeWindow> WindowsOf(long time)
        {
            var day = EventTime.ToDateTime(time).Date;
            foreach (var (from, to) in new[] { (6.0, 9.5), (9.5, 20.0) })
            {
                var window = new TimeWindow(EventTime.Of(day.AddHours(from)), EventTime.Of(day.AddHours(to)));
                if (window.StartTime <= time && time < window.EndTime)
                {
                    yield return window;
                }
            }
        }
    }

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Shift> shifts) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(new Shifts())
        .Aggregate(g => new Shift(g.Key, g.Window.Start, g.Window.End, g.Count()))
        .To(shifts);
    // </snippet>
}
