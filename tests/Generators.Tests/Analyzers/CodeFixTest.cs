using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.Analyzers;

/// <summary>Applies the fixes that a provider offers for a diagnostic on the <c>[|…|]</c> part of a source.</summary>
internal static class CodeFixTest
{
    /// <summary>The source after the only fix; null if none is offered.</summary>
    public static async Task<string?> Apply<TFixer>([StringSyntax("c#-test")] string marked)
        where TFixer : CodeFixProvider, new()
    {
        var fixer = new TFixer();
        var cancellation = TestContext.Current.CancellationToken;
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        var source = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Probe", LanguageNames.CSharp)
            .AddMetadataReferences(Compile.Source("").References)
            .AddDocument("Probe.cs", source);
        var tree = await document.GetSyntaxTreeAsync(cancellation);
        var rule = new DiagnosticDescriptor(fixer.FixableDiagnosticIds.Single(), "", "", "", DiagnosticSeverity.Warning, true);
        var diagnostic = Diagnostic.Create(rule, Location.Create(tree!, TextSpan.FromBounds(start, end)));

        var offered = new List<CodeAction>();
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), cancellation));
        if (offered.Count == 0)
        {
            return null;
        }

        var operation = Assert.Single(await Assert.Single(offered).GetOperationsAsync(cancellation));
        var changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(cancellation)).ToString();
    }
}
