using Weir.Generators.Tests.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Tests;

/// <summary>What cannot be stored is refused with the path of the member: the analyzer's message is made of it.</summary>
public sealed class CodecsFailureTests
{
    [Theory]
    [InlineData("record Order(Customer Customer); record Customer(Action Callback);",
        "Order.Customer.Callback: System.Action is a delegate: code cannot be stored")]
    [InlineData("record Order(List<IDisposable> Lines);", "Order.Lines[]: System.IDisposable is an interface: name the concrete type")]
    [InlineData("record Order(object Any);", "Order.Any: object may hold anything: name a concrete type")]
    [InlineData("record Order(dynamic Any);", "Order.Any: dynamic may hold anything: name a concrete type")]
    [InlineData("record Order(Shape Shape); abstract record Shape;", "Order.Shape: Shape is abstract: name the concrete type")]
    [InlineData("unsafe struct Order { public int* Pointer; }", "Order.Pointer: int* is a pointer: it means nothing in another process")]
    [InlineData("record Order(nint Handle);", "Order.Handle: nint differs in size between machines: use long")]
    [InlineData("record Order(int[,] Grid);", "Order.Grid: int[,] is an array of several dimensions: use an array of arrays")]
    [InlineData("record Order(Stack<int> Stack);",
        "Order.Stack: System.Collections.Generic.Stack<int> is a collection that Weir does not know: use List, Dictionary, HashSet or an "
            + "immutable one")]
    [InlineData("static class Outer { private record Inner(int X); private record Order(Inner Inner); }",
        "Order: Outer.Order cannot be seen by generated code: make it internal or public")]
    [InlineData("file record Order(int Id);", "Order: Order is local to its file, where generated code cannot see it")]
    [InlineData("record Order(int Id, Missing Missing);", "Order.Missing: Missing is not known to the compiler")]
    [InlineData("record Order((int, int, int, int, int, int, int, int) Many);",
        "Order.Many: System.ValueTuple<int, int, int, int, int, int, int, System.ValueTuple<int>> has more than seven items: use a record")]
    [InlineData("class Order { private long _sum; public int Count { get; set; } }",
        "Order: Order holds '_sum', which would be lost: make it a public member that can be set, or mark it [IgnoreMember]")]
    [InlineData("class Order { public List<int> Lines { get; } = []; }",
        "Order: Order holds 'Lines', which would be lost: make it a public member that can be set, or mark it [IgnoreMember]")]
    [InlineData("class Order { public int Id { get; private set; } }",
        "Order: Order holds 'Id', which would be lost: make it a public member that can be set, or mark it [IgnoreMember]")]
    [InlineData("class Order(int id) { public long Id => id; }",
        "Order: Order has no constructor that generated code can call with its members: name each parameter after a readable member of "
            + "its type")]
    [InlineData("record Order(System.Threading.Lock Gate);",
        "Order.Gate: System.Threading.Lock has no public members, and what else it may hold cannot be seen")]
    public void A_member_that_cannot_be_stored_is_named(string source, string failure) =>
        Assert.Equal(failure, Parse(source).Failure?.ToString());

    [Theory]
    [InlineData("record Order(int Id) { public int Twice => Id * 2; public static int Count; private static int _next; }", "Id")]
    [InlineData("class Order { [NonSerialized] private int _cache; public int Id { get; init; } public int this[int i] => _cache + i; }",
        "Id")]
    [InlineData("class Order(int id, string name) { public string Name { get; } = name; public int ID { get; } = id; }", "Name,ID")]
    [InlineData("class Root { public int A { get; set; } } class Order : Root { public int B { get; set; } }", "A,B")]
    [InlineData("class Root { public virtual int A { get; set; } } class Order : Root { public override int A { get; set; } public int B; }", "A,B")]
    [InlineData("struct Order { public int X; public readonly int Sum => X; }", "X")]
    [InlineData("record struct Order(int X, int Y) { public int Z { get; set; } }", "X,Y,Z")]
    public void Members_are_what_can_be_put_back(string source, string members) =>
        Assert.Equal(members, string.Join(',', ((ObjectTypeModel)Parse(source).RootType!).Members.Select(member => member.Name)));

    [Fact]
    public void A_type_is_the_same_whatever_its_items_and_nulls_are_called() =>
        Assert.Single(
            Parse("record Order((int A, string? B) First, (int C, string D) Second);").Types,
            type => type is ObjectTypeModel { IsTuple: true });

    private static TypeClosureModel Parse(string source)
    {
        var compilation = Compile.Source(source);
        return TypeParser.Parse(compilation.GetTypeByMetadataName("Order")
            ?? compilation.GetSymbolsWithName("Order").OfType<Microsoft.CodeAnalysis.INamedTypeSymbol>().Single(), compilation, default);
    }
}
