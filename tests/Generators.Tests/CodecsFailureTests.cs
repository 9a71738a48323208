using Weir.Generators.Tests.Infrastructure;
using Weir.Generators.Types;

namespace Weir.Generators.Tests;

/// <summary>What cannot be stored is refused with the path of the member: the analyzer's message is made of it.</summary>
public sealed class CodecsFailureTests
{
    [Theory]
    [InlineData("record Order(Customer Customer); record Customer(Action Callback);",
        "Order.Customer.Callback: System.Action is a delegate: code cannot be stored; keep what it is made of, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("record Order(List<IDisposable> Lines);", "Order.Lines[]: System.IDisposable is an interface, and anything may stand behind it: name the concrete type, or an abstract record "
            + "with its types nested in it")]
    [InlineData("record Order(object Any);", "Order.Any: object may hold anything: name a concrete type")]
    [InlineData("record Order(dynamic Any);", "Order.Any: dynamic is dynamic, and may hold anything: name a concrete type")]
    [InlineData("record Order(Shape Shape); abstract record Shape;", "Order.Shape: Shape is abstract, and nothing derives from it within it: name the concrete type, or nest the types that derive from "
            + "it, sealed")]
    [InlineData("unsafe struct Order { public int* Pointer; }", "Order.Pointer: int* is a pointer: it means nothing in another process")]
    [InlineData("record Order(nint Handle);", "Order.Handle: nint differs in size between machines: use long")]
    [InlineData("record Order(System.Collections.ArrayList Items);",
        "Order.Items: System.Collections.ArrayList is a collection that Weir does not know: use List, Dictionary, HashSet, Queue, Stack or "
            + "an immutable one, or give it a [CustomCodec]")]
    [InlineData("record Order(PriorityQueue<int, int> Queue);",
        "Order.Queue: System.Collections.Generic.PriorityQueue<int, int> is a type of another assembly, whose fields cannot be seen: keep "
            + "what it is made of, or name a [CustomCodec] for it")]
    [InlineData("record Order(IList<int> Items);",
        "Order.Items: System.Collections.Generic.IList<int> is an interface, and what stands behind it would come back as another type: "
            + "name List, or another class")]
    [InlineData("record Order(Lazy<int> Value);",
        "Order.Value: System.Lazy<int> is a value that may not be there yet, and code that makes it: keep the value")]
    [InlineData("record Order(System.IO.FileStream File);",
        "Order.File: System.IO.FileStream is open on something outside, which another process has not: keep a path or bytes")]
    [InlineData("record Order(System.Threading.Tasks.Task<int> Work);",
        "Order.Work: System.Threading.Tasks.Task<int> is work of this process, which cannot go on in another: keep its result")]
    [InlineData("record Order(Memory<byte> Part);",
        "Order.Part: System.Memory<byte> is a part of something longer: keep an array")]
    [InlineData("record Order(System.Text.StringBuilder Text);",
        "Order.Text: System.Text.StringBuilder is a type of another assembly, whose fields cannot be seen: keep what it is made of, or "
            + "name a [CustomCodec] for it")]
    [InlineData("static class Outer { private record Inner(int X); private record Order(Inner Inner); }",
        "Order: Outer.Order cannot be seen by generated code: make it internal or public")]
    [InlineData("file record Order(int Id);", "Order: Order is local to its file, where generated code cannot see it: make it internal")]
    [InlineData("record Order(int Id, Missing Missing);", "Order.Missing: Missing is not known to the compiler")]
    [InlineData("class Order { private long _sum; public int Count { get; set; } }",
        "Order: Order holds '_sum', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("class Order { private long _s; public long Sum { get => _s; set => _s = value * 2; } }",
        "Order: Order holds '_s', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("class Order { public List<int> Lines { get; } = []; }",
        "Order: Order holds 'Lines', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("class Order { public int Id { get; private set; } }",
        "Order: Order holds 'Id', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("class Order(int id) { public long Id => id; }",
        "Order: Order has no constructor that generated code can call with its members: name each parameter after a readable member of "
            + "its type")]
    [InlineData("record Order(System.Threading.Lock Gate);",
        "Order.Gate: System.Threading.Lock is a type of another assembly, whose fields cannot be seen: keep what it is made of, or name a "
            + "[CustomCodec] for it")]
    [InlineData("class Root { public int A { get; set; } } class Order : Root { public new int A { get; set; } }",
        "Order: Order hides 'A' of 'Root', which would be lost: rename one of them, or mark the hidden one [MessagePack.IgnoreMember]")]
    [InlineData("class Order { public Order(int n) => N = n + 1; public int N { get; } }",
        "Order: Order makes 'N' of what its constructor is given, which would happen again at each restart: let the constructor keep its "
            + "parameter as it is, or give the member an init accessor")]
    [InlineData("class Order(int n) { public int N { get; } = n * 2; }",
        "Order: Order makes 'N' of what its constructor is given, which would happen again at each restart: let the constructor keep its "
            + "parameter as it is, or give the member an init accessor")]
    [InlineData("class Order(int n) { public int N { get; set; } = n; public int Next() => ++n; }",
        "Order: Order keeps its constructor's parameter 'n' beside 'N', in a field that nobody else sees: use 'N' in place of 'n' in its "
            + "members")]
    [InlineData("class Order { [Obsolete(\"gone\", true)] public int Old { get; set; } }",
        "Order: Order holds 'Old', whose use is an error, as it is obsolete: mark it [MessagePack.IgnoreMember] if it may be lost")]
    [InlineData("class Order { public event Action? Changed; public void Change() => Changed?.Invoke(); }",
        "Order: Order holds 'Changed', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]")]
    [InlineData("record Order(Shape Shape); abstract record Shape { public record Circle(int R) : Shape; }",
        "Order.Shape: Shape has 'Shape.Circle' among its types, which others may derive from: seal it")]
    [InlineData("public record Order(Shape Shape); public abstract record Shape { public sealed record A : Shape; } public sealed record B : Shape;",
        "Order.Shape: Shape is an open hierarchy: 'B' derives from it and is not nested in it; nest all types that derive from it, or give "
            + "it only private protected constructors")]
    [InlineData("record Order(Shape Shape); abstract record Shape { public sealed record A : Shape; public static class In { public sealed record A : Shape; } }",
        "Order.Shape: Shape has two types called 'A', which a stored value could not tell apart: rename one")]
    [InlineData("[Weir.CustomCodec(typeof(string))] record Order(int Id);",
        "Order: Order names 'string' as its codec, which does not derive from Codec<Order>")]
    public void A_member_that_cannot_be_stored_is_named(string source, string failure) =>
        Assert.Equal(failure, Parse(source).Failure?.ToString());

    [Fact]
    public void All_members_that_cannot_be_stored_are_named_at_once() => Assert.Equal(
        "Order: Order holds '_sum', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]\n"
            + "Order: Order holds 'Id', which would be lost: make it a public member that can be set, or mark it [MessagePack.IgnoreMember]",
        string.Join('\n', Parse("class Order { private long _sum; public int Id { get; private set; } }").Failures));

    [Theory]
    [InlineData("record Order(int Id) { public int Twice => Id * 2; public static int Count; private static int _next; }", "Id")]
    [InlineData("class Order { [NonSerialized] private int _cache; public int Id { get; init; } public int this[int i] => _cache + i; }",
        "Id")]
    [InlineData("class Order(int id, string name) { public string Name { get; } = name; public int ID { get; } = id; }", "Name,ID")]
    [InlineData("class Root { public int A { get; set; } } class Order : Root { public int B { get; set; } }", "A,B")]
    [InlineData("class Root { public virtual int A { get; set; } } class Order : Root { public override int A { get; set; } public int B; }", "A,B")]
    [InlineData("class Order { public Order(string a) => A = a ?? throw new Exception(); public string A { get; } }", "A")]
    [InlineData("class Order { public Order(int a, int b) => (A, B) = (a, b); public int A { get; } public int B { get; } }", "A,B")]
    [InlineData("class Order(int n) { public int N => n; public int Twice() => n * 2; }", "N")]
    [InlineData("class Order { public Order(string a) => A = a.Trim(); public string A { get; init; } }", "A")]
    [InlineData("struct Order { public int X; public readonly int Sum => X; }", "X")]
    [InlineData("class Order { private long _s; public long Sum { get => _s; set => _s = value; } }", "Sum")]
    [InlineData("class Order { private int _a; public int A { get { return this._a; } init { this._a = value; } } }", "A")]
    [InlineData("record struct Order(int X, int Y) { public int Z { get; set; } }", "X,Y,Z")]
    public void Members_are_what_can_be_put_back(string source, string members) =>
        Assert.Equal(members, string.Join(',', ((ObjectTypeModel)Parse(source).RootType!).Members.Select(member => member.Name)));

    [Theory]
    [InlineData("Half")]
    [InlineData("System.Text.Rune")]
    [InlineData("Index")]
    [InlineData("Range")]
    [InlineData("Version")]
    [InlineData("Uri")]
    [InlineData("System.Numerics.Complex")]
    [InlineData("System.Collections.BitArray")]
    [InlineData("System.Net.IPAddress")]
    [InlineData("Int128")]
    [InlineData("KeyValuePair<string, int>")]
    [InlineData("Tuple<int, string>")]
    [InlineData("ValueTuple<int>")]
    [InlineData("(int, int, int, int, int, int, int, string, double)")]
    [InlineData("System.Numerics.Vector3")]
    [InlineData("System.Numerics.Quaternion")]
    [InlineData("Weir.TimeWindow")]
    [InlineData("DayOfWeek?")]
    public void Types_of_other_assemblies_that_come_back_as_they_were_are_known(string type) =>
        Assert.Null(Parse($"record Order({type} Member);").Failure?.ToString());

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
