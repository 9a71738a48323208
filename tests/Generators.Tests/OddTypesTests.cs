using Weir.Generators.Codecs;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests;

/// <summary>Types that people have, and that a generator has to write valid C# for: with a codec, or with a refusal, never with an error.</summary>
public sealed class OddTypesTests
{
    [Theory]
    [InlineData("public record R(int @class, string @event) { public int @new { get; set; } }")]
    [InlineData("public class Outer<T> { public record Inner(T Value); } public record R(Outer<int>.Inner A, Outer<string>.Inner B);")]
    [InlineData("public record R((int, (string, double?)[]) Deep, int[][,][] Jagged, int?[,]? Grid);")]
    [InlineData("public record R(E? One, E[] Many, Dictionary<E, E?> Map); public enum E : sbyte { A = -1, @default, B = A }")]
    [InlineData("public abstract record R { public sealed record A(R? Next) : R; public sealed record B<T>(T X); private protected R() { } }")]
    [InlineData("public abstract class R { private R() { } public sealed class @struct : R { public int X; } public sealed class Ünïcode : R { } }")]
    [InlineData("public record struct R(List<R> Children);")]
    [InlineData("public class R { [System.Obsolete(\"old\")] public int Old { get; set; } [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public int New { get; set; } }")]
    [InlineData("public class R { public required string A; public required int B { get; init; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public R(string a) { A = a; } }")]
    [InlineData("public record R(int A = 5, string B = \"x\\n\", double C = double.NaN, E D = (E)7, decimal F = 1.5m, long? G = null, char H = '\\'', float I = 1e9f); public enum E { X }")]
    [InlineData("public class R { public List<int> A { get; set; } = []; public string B { get; set; } = string.Empty; public E C { get; set; } = E.X; public int[] D { get; set; } = new int[3]; public long E2 { get; set; } = -1; public bool F { get; set; } = true; public Dictionary<string, int> G { get; init; } = new(); public double? H { get; set; } = 3; } public enum E { X }")]
    [InlineData("public record R(System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Frozen.FrozenSet<Guid>> A, Queue<R?> B);")]
    [InlineData("public unsafe struct R { public fixed int Buffer[4]; }")]
    [InlineData("public ref struct R { public int X; }")]
    [InlineData("public interface R { int X { get; } }")]
    [InlineData("public class R { public R Self => this; public R? Parent { get; set; } public IReadOnlyList<R>? Children { get; set; } }")]
    [InlineData("public readonly struct R { public readonly int X; public R(int x) { X = x; } public static implicit operator R(int x) => new(x); }")]
    [InlineData("[Weir.WasNamed(\"Old\\\"R\")] public record R([Weir.WasNamed(\"a\\\\b\")] int X);")]
    [InlineData("public record R([Weir.CustomCodec(typeof(C))] int X, int Y); public sealed class C : Weir.Codec<int> { public override Weir.Schema Schema => Weir.Schema.Of(\"c\"); public override void Write(ref MessagePack.MessagePackWriter w, in int v) => w.Write(v); public override int Read(ref MessagePack.MessagePackReader r) => r.ReadInt32(); }")]
    [InlineData("public partial record R { public int A { get; init; } } public partial record R { public int B { get; init; } }")]
    [InlineData("public record B(int X) { public virtual int Y { get; init; } } public sealed record R(int X, int Z) : B(X) { public override int Y { get; init; } }")]
    [InlineData("public class Outer<T> { [Weir.GenerateCodec] public sealed record Inner(int A, string B); } public record R(int X);")]
    [InlineData("public static class Outer<T> { public class Middle { [Weir.GenerateCodec] public enum Kind { A } [Weir.GenerateCodec] public struct Inner; } } public record R(int X);")]
    [InlineData("[Weir.GenerateCodec] public record Pair<T>; [Weir.GenerateCodec] public record Two<T>(T A); public record R(Pair<int> A, Two<string> B);")]
    [InlineData("public record R(ValueTuple A, ValueTuple? B, Tuple<int> C, ValueTuple<int> D, List<ValueTuple> E); public record None;")]
    [InlineData("public record R; public struct Empty;")]
    public void What_is_written_compiles_without_a_warning(string source)
    {
        var marked = source.Contains("interface R", StringComparison.Ordinal) || source.Contains("ref struct", StringComparison.Ordinal)
            ? source + " [Weir.GenerateCodec] public record Holder(R A);"
            : System.Text.RegularExpressions.Regex.Replace(
                source, @"public (partial |abstract |sealed |readonly |unsafe )?(record struct|record|class|struct) R\b",
                match => match.Value.StartsWith("public partial", StringComparison.Ordinal) ? match.Value : "[Weir.GenerateCodec] " + match.Value);
        Assert.DoesNotContain(
            Compile.Source("#pragma warning disable CS0612, CS0618, CS8618, CS8907, CS8981, X1\n" + marked).Complaints(new CodecGenerator()),
            complaint => complaint.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true
                || complaint.Id.StartsWith("WEIR", StringComparison.Ordinal));
    }
}
