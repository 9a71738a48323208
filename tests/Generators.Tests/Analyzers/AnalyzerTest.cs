using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>Runs one analyzer over a source in which <c>[|…|]</c> marks each place it must report, and no other.</summary>
internal static class AnalyzerTest
{
    private const string Types = """
        using Weir;

        namespace Air;

        public sealed record Flight(string Origin, DateTime Departure, int Delay, double Distance);

        """;

    public static Task Verify<TAnalyzer>(string id, [StringSyntax("c#-test")] string marked, string? usings = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        // Every place is marked with the rule's id: an analyzer with several rules must report this one there, and nothing else anywhere.
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
        {
            TestCode = (Types + marked)
                .Replace("[|", "{|" + id + ":", StringComparison.Ordinal)
                .Replace("|]", "|}", StringComparison.Ordinal),
        };
        Compile.Prepare(test);
        if (usings is not null)
        {
            test.TestState.Sources.Add(("Usings.cs", usings));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
