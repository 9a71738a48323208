using Microsoft.CodeAnalysis.CSharp;

namespace Weir.Bench.Generators;

/// <summary>A kind of edit that a person types.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Path">The file.</param>
/// <param name="At">The text at which it happens.</param>
/// <param name="Typed">What stands there afterwards; <c>§</c> is another number each time, <c>¶</c> another number of new lines.</param>
internal sealed record Keystroke(string Name, string Path, string At, string Typed)
{
    private const string Unrelated = "Service01.cs";
    private const string Pipelines = "Pipelines03.cs";

    /// <summary>Gets those in files without pipelines.</summary>
    public static IReadOnlyList<Keystroke> Elsewhere { get; } =
    [
        new("in a method body", Unrelated, "var total = 0m;", "var total = 0m + §m;"),
        new("in a comment", Unrelated, "// Adds up what was billed for rule 7.", "// Adds up § what was billed for rule 7."),
        new("a new line", Unrelated, "// Adds up what was billed for rule 7.", "\n// Adds up § what was billed for rule 7."),
        new("a new member", Unrelated, "public int Count =>", "public int Added§ => 1; public int Count =>"),
        new("a new type", Unrelated, "namespace Shop.Services;", "namespace Shop.Services; public sealed class Added§ { }"),
        new("a new using", Unrelated, "using System.Text;", "using System.Text; using A§ = System.Text;"),
        new("half a word (broken code)", Unrelated, "var total = 0m;", "var total = 0m; tot§"),
    ];

    /// <summary>Gets those in a file of pipelines.</summary>
    public static IReadOnlyList<Keystroke> InPipelines { get; } =
    [
        new("in one lambda", Pipelines, "order.Amount > 4", "order.Amount > 4§"),
        new("in one aggregate", Pipelines, "g.Sum(order => order.Amount)", "g.Sum(order => order.Amount + §)"),
        new("in a comment of a pipeline", Pipelines, "// two letters", "// two letters §"),
        new("in another method of the file", Pipelines, "return text.Length > 6", "return text.Length > 6§"),
        new("a new line above ten pipelines", Pipelines, "namespace Shop.Reports;", "¶namespace Shop.Reports;"),
        new("a new member in the file", Pipelines, "private const decimal Least = 3;", "private const decimal Least = 3, More§ = 4;"),
    ];

    /// <summary>Gets the one that changes what pipelines are made of.</summary>
    public static IReadOnlyList<Keystroke> InRecords { get; } =
    [
        new("in a record that half of the pipelines read", "Records.cs", "int Items, string Country", "int Items, int More§, string Country"),
    ];

    /// <summary>The compilation after the edit.</summary>
    public CSharpCompilation Apply(CSharpCompilation compilation, int number) =>
        Solution.Edit(compilation, Path, At, Typed
            .Replace("§", FormattableString.Invariant($"{number}"), StringComparison.Ordinal)
            .Replace("¶", new string('\n', number), StringComparison.Ordinal));
}
