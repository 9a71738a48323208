using Weir.Guide.Tests.Pages;

namespace Weir.Guide.Tests;

/// <summary>The index shows the orders that its pages are about.</summary>
public sealed class OrdersTests
{
    [Fact]
    public void The_orders_of_the_guide()
    {
        Shows("orders");
    }

    private static void Shows(string rows) => GuidePages.Compare("rows", rows, Table.Of(Orders.All));
}
