using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>Applies the fix that a provider offers for a diagnostic on the part of a source that is marked <c>{|ID:…|}</c>.</summary>
internal static class CodeFixTest
{
    /// <summary>Checks what the fix makes of a source; the same source says that none is offered.</summary>
    public static Task Verify<TAnalyzer, TFixer>([StringSyntax("c#-test")] string marked, [StringSyntax("c#-test")] string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFixer : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFixer, DefaultVerifier> { TestCode = marked, FixedCode = after };
        Compile.Prepare(test);
        test.FixedState.Sources.Add(("GlobalUsings.cs", Compile.UsingsText));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
