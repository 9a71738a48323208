using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Weir.Analyzers.State;
using Weir.Generators.State;

namespace Weir.CodeFixes;

/// <summary>WEIR2001, WEIR2002: takes what the code stores now into <c>weir.state.json</c>.</summary>
/// <remarks>
/// Only the entries that the diagnostic is about change: what else has changed is still reported. To accept several, fix them one after the
/// other, as each needs the text that the one before has made.
/// </remarks>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AcceptStateFixer : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["WEIR2001", "WEIR2002"];

    public override FixAllProvider? GetFixAllProvider() => null;

    // Everything that can stop the fix is found out here: a fix that is offered is a fix that works.
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var diagnostic = context.Diagnostics[0];
        if (!diagnostic.Properties.TryGetValue(StateFixes.Pipeline, out var pipeline) || pipeline is null
            || project.AdditionalDocuments.FirstOrDefault(static document => IsBaseline(document)) is not { } baseline)
        {
            return;
        }

        var text = await baseline.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        diagnostic.Properties.TryGetValue(StateFixes.Operator, out var id);
        diagnostic.Properties.TryGetValue(StateFixes.FormerPipeline, out var former);
        if (await Accepted(project, text, pipeline, id, former, context.CancellationToken).ConfigureAwait(false) is not { } accepted)
        {
            return;
        }

        var title = id is null ? $"Accept the operators of '{pipeline}' in {StateFixes.File}"
            : $"Accept the state of '{id}' in {StateFixes.File}";
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ => Task.FromResult(project.Solution.WithAdditionalDocumentText(baseline.Id, SourceText.From(accepted, text.Encoding))),
                equivalenceKey: nameof(AcceptStateFixer)),
            diagnostic);
    }

    private static bool IsBaseline(TextDocument document) =>
        string.Equals(Path.GetFileName(document.FilePath ?? document.Name), StateFixes.File, StringComparison.OrdinalIgnoreCase);

    private static async Task<string?> Accepted(
        Project project, SourceText text, string pipeline, string? id, string? former, CancellationToken cancellation)
    {
        if (await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
        {
            return null;
        }

        try
        {
            var before = text.ToString();
            var after = StateAcceptance.Accept(before, StateReader.Read(compilation, cancellation), pipeline, id, former);
            return after == before ? null : after;
        }
        catch (StateFileException)
        {
            // A rule of its own says what is wrong with it.
            return null;
        }
    }
}
