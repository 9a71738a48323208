using Weir.Analyzers;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>H32: rows that generated code cannot read or write are an error where the source or sink is made, never at the start.</summary>
public sealed class RowTypesTests
{
    [Theory]
    [InlineData("Hidden")]
    [InlineData("FileRow")]
    [InlineData("WithDelegate")]
    [InlineData("Deep")]
    [InlineData("IShape")]
    [InlineData("Shape")]
    [InlineData("NoWay")]
    [InlineData("Odd")]
    [InlineData("Constants")]
    [InlineData("object")]
    [InlineData("Action")]
    [InlineData("Task<int>")]
    [InlineData("List<Hidden>")]
    [InlineData("T")]
    [InlineData("Pair<T>")]
    [InlineData("(int, Hidden)")]
    [InlineData("Gone")]
    [InlineData("Forbidden")]
    public async Task H32_such_rows_are_reported_at_the_call(string type)
    {
        await Verify($"var s = Csv.[|Read<{type}>|](\"x\"); var t = Files.[|Csv<{type}>|](\"x\");");
        if (type != "Constants")
        {
            await Verify($"var s = JsonLines.[|Read<{type}>|](\"x\"); var t = Files.[|JsonLines<{type}>|](\"x\");");
        }
    }

    [Fact]
    public Task H32_a_method_that_is_passed_on_is_reported_too() => Verify("""
        Func<string, FileSinkOptions?, ITransactionalSink<Hidden>> make = Files.[|JsonLines<Hidden>|];
        Func<string, object> read = path => Csv.[|Read<Hidden>|](path);
        object Local() => global::Weir.Csv.[|Read<Hidden>|]("x");
        """);

    [Fact]
    public Task H32_so_are_fields_properties_and_arguments() => Verify(
        "Take(Csv.[|Read<Hidden>|](\"x\"));",
        """
        private static readonly object Field = Csv.[|Read<Hidden>|]("x");
        private object Property { get; } = Csv.[|Read<Hidden>|]("x");
        private object Arrow => new[] { Csv.[|Read<Hidden>|]("x") };
        private static void Take(object source) { }
        """);

    [Fact]
    public Task Rows_that_files_can_hold_are_not() => Verify("""
        var a = Csv.Read<Flight>("x");
        var b = Files.JsonLines<Nested>("x");
        var c = JsonLines.Read<List<Pair<int>>>("x");
        var d = Files.Csv<Pair<string>>("x");
        var e = new Other().Read<Hidden>("x");
        """);

    private static Task Verify(string statements, string members = "") => AnalyzerTest.Verify<StateTypeAnalyzer>("WEIR0002", $$"""
        #pragma warning disable CS0612, CS0619
        public sealed record WithDelegate(int A, Action B);
        public sealed record Deep(int A, WithDelegate B);
        public interface IShape { int A { get; } }
        public abstract record Shape(int A);
        public sealed class NoWay { private NoWay() { } public int A { get; set; } }
        public sealed class Odd { public Odd(int b) { } public int A { get; set; } }
        public sealed class Constants { public const int A = 1; }
        public sealed record Pair<T>(T A, int B);
        [Obsolete("", true)] public sealed record Gone(int A);
        public sealed record Forbidden(int A) { [Obsolete("", true)] public int B { get; init; } }
        file sealed record FileRow(int A);
        public sealed class Other { public object Read<T>(string path) => path; }

        public class Host
        {
            internal sealed record Nested(int A, Flight[] Flights);
            private sealed record Hidden(int A);

            {{members}}

            [Obsolete]
            internal static void Define<T>()
            {
                {{statements}}
            }
        }
        """);
}
