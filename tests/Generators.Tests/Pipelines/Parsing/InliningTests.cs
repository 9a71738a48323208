using System.Diagnostics.CodeAnalysis;
using Weir.Generators.Pipelines;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Pipelines.Parsing;

/// <summary>What users write in a function, moved into a class of its own: it compiles, and it is inlined where that is possible.</summary>
public sealed class InliningTests
{
    [Theory]
    [InlineData("f => f.Distance")]
    [InlineData("f => Known.Rate * f.Delay + Deep.Inner.Limit")]
    [InlineData("f => Twice(f.Delay)")]
    [InlineData("f => Sqrt(f.Distance)")]
    [InlineData("f => new Text(f.Origin).Length")]
    [InlineData("f => $\"{f.Origin}/{Known.Rate:F2}/{nameof(f)}/{Twice(f.Delay)}\"")]
    [InlineData("f => new { f.Origin, f }.f.Delay")]
    [InlineData("f => (f, f.Delay).f.Delay")]
    [InlineData("f => f with { Delay = f.Delay + 1 }")]
    [InlineData("f => new Flight(Origin: f.Origin, Delay: 1, Distance: Known.Rate)")]
    [InlineData("f => f is { Origin.Length: > 3, Delay: Known.Zero } ? Colour.Red : default")]
    [InlineData("f => f.Delay switch { 0 => Colour.Red, Known.Zero + 1 => Colour.Blue, _ => throw new InvalidOperationException() }")]
    [InlineData("f => new List<Dictionary<string, int>> { new() { [f.Origin] = f.Delay } }.Count")]
    [InlineData("f => (int[])[f.Delay, Known.Zero]")]
    [InlineData("f => f.Origin.Shout().Length")]
    [InlineData("f => (f.Origin.Shout()!.Shout()).Length")]
    [InlineData("f => unchecked(f.Delay * 31)")]
    [InlineData("f => typeof(Deep.Inner).Name + sizeof(int) + default(Colour)")]
    [InlineData("f => f.Origin?.Length ?? Known.Zero")]
    [InlineData("f => @\"a\nb\" + f.Origin")]
    [InlineData("(Flight @class) => @class.Delay")]
    [InlineData("f => f.Delay * factor")]
    [InlineData("f => global::Air.Known.Rate")]
    [InlineData("f => Hidden(f.Delay)")]
    [InlineData("f => P.Hidden(P.Hidden(f.Delay)) + HiddenSeven + HiddenEight")]
    [InlineData("delegate (Flight f) { return f.Delay; }")]
    [InlineData("f => (f, f.Delay, f) is var (a, b, _) ? a.Delay + b : 0")]
    [InlineData("Item2 => (Item2, Item2.Delay).Delay")]
    [InlineData("f => (f.Delay, f.Origin.Length, HiddenEight).Length")]
    [InlineData("f => \"\"\"\n    a\n      b\n    \"\"\" + $@\"{f.Delay}\n{{}}\"")]
    public void Is_inlined(string function)
    {
        Assert.DoesNotContain(
            "global::System.Func<global::Air.Flight, ", Generate(function).Split("file static class Interceptors")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f => { var twice = f.Delay * 2; return twice; }")]
    [InlineData("f => f.Origin.Any(c => c == 'x' || f.Delay > 1)")]
    [InlineData("f => int.TryParse(f.Origin, out var number) ? number : 0")]
    [InlineData("f => f is { Delay: var delay } && delay > 1")]
    [InlineData("f => (from c in f.Origin where c > 'a' select c).Count()")]
    [InlineData("f => { f = f with { Delay = 1 }; return f; }")]
    [InlineData("f => { int Local(int n) => n + 1; return Local(f.Delay); }")]
    public void Becomes_a_method(string function) => Assert.Contains("Inlining)]", Generate(function), StringComparison.Ordinal);

    [Theory]
    [InlineData("Whole", "global::Air.P.Whole(value0)")]
    [InlineData("Hidden2", "Own.Hidden2(value0)")]
    [InlineData("Generic", "global::Air.P.Generic<global::Air.Flight>(value0)")]
    [InlineData("OfAny", "global::Air.P.OfAny(((object)value0))")]
    [InlineData("((P.Generic<Flight>))", "global::Air.P.Generic<global::Air.Flight>(value0)")]
    public void Becomes_a_direct_call(string function, string call) =>
        Assert.Contains(call, Generate(function).Split("file static class Interceptors")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("f => f.Delay + captured", "int select1_captured")]
    [InlineData("f => f.Delay + Enumerable.Range(0, captured).Count(n => n < captured)", "int select1_captured")]
    [InlineData("f => new { captured, f.Delay }.captured", "int select1_captured")]
    [InlineData("f => (captured, f.Delay)", "int select1_captured")]
    [InlineData("new Counter().Next", "global::Air.Counter select1___target")]
    public void Becomes_a_field_of_the_kernel(string function, string field)
    {
        var text = Generate(function).Split("file static class Interceptors")[0];
        Assert.Contains(field, text, StringComparison.Ordinal);
        Assert.DoesNotContain("global::System.Func<global::Air.Flight, ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f => Stateful(f.Delay)")]
    [InlineData("f => ((dynamic)f.Delay) + 1")]
    [InlineData("f => Asked()")]
    [InlineData("f => { Changed += null; return 1; }")]
    [InlineData("f => { System.Linq.Expressions.Expression<Func<int>> tree = () => f.Delay; return tree; }")]
    [InlineData("f => { var (a, b) = f.Origin; return a; }")]
    [InlineData("f => { unsafe { int x = 1; return *&x; } }")]
    public void Goes_through_the_delegate(string function) =>
        Assert.Contains("global::System.Func<global::Air.Flight, ", Generate(function).Split("file static class Interceptors")[0],
            StringComparison.Ordinal);

    [Theory]
    [InlineData("int", "3", "((int)(3))")]
    [InlineData("long", "-3", "((long)(-3))")]
    [InlineData("double", "0.1", "((double)(0.1))")]
    [InlineData("decimal", "1.50m", "((decimal)(1.50m))")]
    [InlineData("bool", "true", "((bool)(true))")]
    [InlineData("char", "'\\''", "((char)('\\''))")]
    [InlineData("string", "\"a\\n\\\"\"", "((string)(\"a\\n\\\"\"))")]
    [InlineData("string?", "null", "((string)null)")]
    [InlineData("string", "\"\"", "((string)(\"\"))")]
    [InlineData("Colour", "Colour.Blue", "((global::Air.Colour)(1))")]
    public void A_local_constant_is_written_as_its_value(string type, string value, string text) =>
        Assert.Contains($"{text};", Generate("f => known", $"const {type} known = {value};"), StringComparison.Ordinal);

    [Theory]
    [InlineData("f => known.ToString()", "const decimal known = -1.5m;")]
    [InlineData("f => f.Delay -known", "const decimal known = -1.5m;")]
    [InlineData("f => -known", "const int known = -1;")]
    public void A_value_binds_tighter_than_what_the_user_wrote_around_it(string function, string local) =>
        Assert.DoesNotContain("global::System.Func<global::Air.Flight, ", Generate(function, local).Split("file static class Interceptors")[0],
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Count()"), InlineData("LongCount()"), InlineData("Any()"), InlineData("All(r => r.Level > 1)")]
    [InlineData("Sum(r => r.Level)"), InlineData("Sum(r => r.Maybe)"), InlineData("Average(r => r.Level)"), InlineData("Average(r => r.Maybe)")]
    [InlineData("Where(r => r.Level > 1).Average(r => r.Level)"), InlineData("Min(r => r.Level)"), InlineData("Max(r => (r.Level, 1))")]
    [InlineData("MinBy(r => r.Level)"), InlineData("Where(r => r.Level > 1).MaxBy(r => r.Level)"), InlineData("First()")]
    [InlineData("Select(r => r.Level).Distinct().Count()"), InlineData("Select(r => r.Level).Distinct().LongCount()")]
    [InlineData("Aggregate(1, (all, r) => all + r.Level)"), InlineData("Aggregate(1, (all, r) => all + r.Level, all => -all)")]
    public void An_answer_of_a_group_binds_tighter_than_what_the_user_wrote_around_it(string call)
    {
        var compilation = Compile.Source($$"""
            using Weir;

            public readonly record struct Reading(int Sensor, long Time, int Level, double? Maybe);

            public static class P
            {
                [Pipeline]
                public static void Define(Job job, ISource<Reading> source, ISink<string> sink) =>
                    job.From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Sensor).Window(Tumbling.Of(TimeSpan.FromDays(1)))
                        .Aggregate(g => g.{{call}}.GetHashCode().ToString()).To(sink);
            }
            """);
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        Assert.Contains("Accumulator", compilation.Run(new PipelineGenerator()).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_a_reference_with_an_alias_stay_with_the_delegates()
    {
        using var image = new MemoryStream();
        var library = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            "Library",
            [Compile.Tree("namespace Lib { public sealed record Far(int Number) { public static int Known(int n) => n; } }", "Lib.cs")],
            Compile.Source("").References,
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var reference = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray()).WithAliases(["far"]);
        var compilation = Compile.Source("""
            extern alias far;
            using Weir;
            using Far = far::Lib.Far;

            public static class P
            {
                [Pipeline]
                public static void Define(Job job, ISource<int> source, ISource<Far> other, ISink<int> sink)
                {
                    job.From(source).Select(n => new Far(n)).Select(f => f.Number).Where(n => Far.Known(n) > 1).Select(n => n + 1).To(sink);
                    job.From(other).Select(f => f.Number + far::Lib.Far.Known(1)).To(sink);
                }
            }
            """).AddReferences(reference);
        Assert.Empty(compilation.Complaints(new PipelineGenerator(), new Weir.Generators.Codecs.CodecGenerator()));
    }

    private static string Generate([StringSyntax("c#-test")] string function, [StringSyntax("c#-test")] string local = "")
    {
        var compilation = Compile.Source($$"""
            using System.Globalization;
            using Weir;
            using static System.Math;
            using Text = System.String;

            namespace Air
            {
                using Air.Helpers;

                public sealed record Flight(string Origin, int Delay, double Distance);
                public enum Colour { Red, Blue }
                public static class Known { public const double Rate = 1.5; public const int Zero = 0; }
                public static class Deep { public static class Inner { public static readonly int Limit = 3; } }

                public sealed class Counter { public int Next(Flight flight) => 1; }

                public static class P
                {
                    [Pipeline]
                    public static void Define(Job job, ISource<Flight> source, int captured)
                    {
                        {{local}}
                        const int factor = 3;
                        _ = captured + factor;
                        job.From(source).Select({{function}});
                    }

                    internal static int Twice(int number) => number * 2;

                    private static int Hidden2(Flight flight) => flight.Delay + 2;

                    internal static int Generic<T>(T flight) => 1;

                    internal static int OfAny(object flight) => 1;

                    internal static int Whole(Flight flight) => Hidden(flight.Delay) + HiddenEight;

                    private static int Hidden(int number) => number + HiddenSeven;

                    private static int Stateful(int number) => number + state++;

                    internal static int Asked([System.Runtime.CompilerServices.CallerMemberName] string who = "") => who.Length;

                    private static int state;
                    private const int HiddenSeven = 7;
                    private static readonly int HiddenEight = 8;
                    internal static event Action? Changed { add { } remove { } }
                }
            }

            namespace Air.Helpers
            {
                internal static class Shouting
                {
                    internal static string Shout(this string text) => text.ToUpper(CultureInfo.InvariantCulture);
                    internal static void Deconstruct(this string text, out int a, out int b) => (a, b) = (text.Length, 0);
                }
            }
            """.Replace("new Text(f.Origin)", "new Text(f.Origin.ToCharArray())", StringComparison.Ordinal));
        Assert.Empty(compilation.Complaints(new PipelineGenerator()));
        return compilation.Run(new PipelineGenerator()).Text();
    }
}
