namespace Weir.Generators.Fuzz.Programs;

/// <summary>Functions that a program gives to verbs and to calls of LINQ by name: methods, local functions, lambdas that are kept.</summary>
/// <param name="expressions">Where the choices come from.</param>
/// <param name="bodies">Makes lambdas.</param>
/// <param name="record">The records.</param>
internal sealed class GivenFunctions(Expressions expressions, Bodies bodies, string record)
{
    private static readonly (string Type, string Name)[] Known =
    [
        ("bool", "Near"), ("bool", "kept"), ("bool", "OwnIs"), ("bool", "Owner.Is"), ("bool", "owner.Has"), ("int", "Far"), ("int", "OwnOf"),
        ("int", "owner.Number"), ("string", "OwnText2"), ("double?", "OwnReal"), ("int", "OwnSame"),
    ];

    /// <summary>Gets what the method of the pipeline declares, and the method that is compared with it.</summary>
    public string Locals { get; } = $$"""

                    var owner = new Owner(captured);
                    var (first, second) = (captured * 2, owner.Field + captured);
                    Func<{{record}}, bool> kept = {{bodies.Lambda("bool", 1)}};
                    bool Near({{record}} r) => {{expressions.Of("bool", Captured, 2)}};
                    int Far({{record}} r) { var n = {{expressions.Of("int", Captured, 2)}}; return n ^ second; }
        """;

    /// <summary>Gets the methods of the class.</summary>
    public string Methods { get; } = $$"""
                private static bool OwnIs({{record}} r) => {{expressions.Of("bool", new Scope("r"), 2)}};
                private static int OwnOf({{record}} r) { return {{expressions.Of("int", new Scope("r"), 2)}}; }
                private static T OwnSame<T>({{record}} r, T value = default!) => value;
                private static int OwnSame({{record}} r) => {{expressions.Of("int", new Scope("r"), 1)}};
                private static string OwnText2({{record}} r) => {{expressions.Of("string", new Scope("r"), 1)}};
                private static double? OwnReal({{record}} r) => {{expressions.Of("double?", new Scope("r"), 1)}};
                internal sealed class Owner(int start)
                {
                    public readonly int Field = start;
                    public static bool Is({{record}} r) => {{expressions.Of("bool", new Scope("r"), 1)}};
                    public static bool Is(object r) => false;
                    public bool Has({{record}} r) => r.A > Field;
                    public int Number({{record}} r) => {{expressions.Of("int", new Scope("r", ("int", "Field")), 1)}};
                }

        """;

    /// <summary>A lambda, or a function by its name where there is one of the type.</summary>
    public static string Or(Expressions expressions, string type, Func<string> lambda)
    {
        var known = Known.Where(one => one.Type == type).Select(static one => one.Name).ToArray();
        return expressions.IsWide && known.Length > 0 && expressions.Chance(35) ? expressions.Any<string>(known) : lambda();
    }

    private static Scope Captured => new("r", ("int", "captured"), ("int", "local"), ("int", "first"), ("int", "owner.Field"));
}
