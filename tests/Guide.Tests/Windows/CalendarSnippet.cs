namespace Weir.Guide.Tests.Windows;

internal static class CalendarSnippet
{
    // <snippet calendar>
    public sealed record Day(string Customer, DateTime From, DateTime To, int Orders);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Day> days) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(CalendarWindow.Days(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu")))
        .Aggregate(g => new Day(g.Key, g.Window.Start, g.Window.End, g.Count()))
        .To(days);
    // </snippet>
}
