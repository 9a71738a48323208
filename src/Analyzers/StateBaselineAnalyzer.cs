using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Weir.Analyzers.State;
using Weir.Generators.State;

namespace Weir.Analyzers;

/// <summary>WEIR2001, WEIR2002: the state that the code reads is the state that <c>weir.state.json</c> says is stored.</summary>
/// <remarks>Without the file it does nothing.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateBaselineAnalyzer : DiagnosticAnalyzer
{
    private const string File = StateFixes.File;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StateChanged, Rules.OperatorLost];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Options.AdditionalFiles.FirstOrDefault(static file =>
                    string.Equals(Path.GetFileName(file.Path), File, StringComparison.OrdinalIgnoreCase)) is not { } file
                || start.Compilation.GetTypeByMetadataName("Weir.PipelineAttribute") is not { } pipeline
                || file.GetText(start.CancellationToken) is not { } text)
            {
                return;
            }

            StateModel baseline;
            try
            {
                baseline = StateFileReader.Read(text.ToString());
            }
            catch (StateFileException malformed)
            {
                var at = new TextSpan(Math.Min(malformed.Position, text.Length), 0);
                var place = Location.Create(file.Path, at, text.Lines.GetLinePositionSpan(at));
                start.RegisterAdditionalFileAction(additional =>
                {
                    if (additional.AdditionalFile.Path == file.Path)
                    {
                        additional.ReportDiagnostic(Diagnostic.Create(
                            Rules.StateChanged, place, $"{File} cannot be read, as {malformed.Message}: correct it"));
                    }
                });
                return;
            }

            // Each file is told of its own: the editor offers fixes for no others.
            var head = new TextSpan(0, 0);
            var whole = Location.Create(file.Path, head, text.Lines.GetLinePositionSpan(head));
            var found = new StateFindings(start.Compilation, pipeline, baseline, whole);
            start.RegisterAdditionalFileAction(additional =>
            {
                foreach (var diagnostic in additional.AdditionalFile.Path != file.Path ? []
                    : found.All(additional.CancellationToken).Where(static found => !found.Location.IsInSource))
                {
                    additional.ReportDiagnostic(diagnostic);
                }
            });
            start.RegisterSemanticModelAction(model =>
            {
                var tree = model.SemanticModel.SyntaxTree;
                if (!MayConcern(tree.GetRoot(model.CancellationToken)))
                {
                    return;
                }

                foreach (var diagnostic in found.All(model.CancellationToken).Where(found => found.Location.SourceTree == tree))
                {
                    model.ReportDiagnostic(diagnostic);
                }
            });
        });
    }

    private static bool MayConcern(SyntaxNode root) => root
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Any(static node => node is BaseTypeDeclarationSyntax);
}
