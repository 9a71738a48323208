using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Weir.Analyzers.State;
using Weir.Generators.State;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>WEIR2001, WEIR2002: the state that the code reads is the state that <c>weir.state.json</c> says is stored.</summary>
/// <remarks>Without the file it does nothing.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateBaselineAnalyzer : DiagnosticAnalyzer
{
    private const string File = "weir.state.json";

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

            start.RegisterSyntaxNodeAction(node => Analyze(node, pipeline, baseline), SyntaxKind.MethodDeclaration);
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol pipeline, StateModel baseline)
    {
        var declaration = (MethodDeclarationSyntax)context.Node;
        if (declaration.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } method
            || !method.GetAttributes().Any(present => SymbolEqualityComparer.Default.Equals(present.AttributeClass, pipeline)))
        {
            return;
        }

        var name = $"{TypeNames.Label(method.ContainingType)}.{method.Name}";
        var then = baseline.Operators.Where(one => one.Pipeline == name).ToArray();
        if (then.Length == 0)
        {
            return;
        }

        var types = new StateTypes(context.Compilation, context.CancellationToken);
        var now = StateParser.Parse(method, declaration, context.SemanticModel, types, context.CancellationToken);
        Ids(context, declaration, then, now);
        var comparison = new StateComparison(baseline, types.All);
        var reported = new HashSet<Location>();
        foreach (var found in now)
        {
            if (then.FirstOrDefault(one => one.Id == found.Model.Id) is { } stored)
            {
                foreach (var change in comparison.Compare(stored, found.Model))
                {
                    var place = (change.Type is null ? null : types.Find(change.Type, change.Member)) ?? found.At.GetLocation();
                    if (reported.Add(place))
                    {
                        context.ReportDiagnostic(Diagnostic.Create(
                            Rules.StateChanged, place, $"The state of '{found.Model.Id}' has changed: {change.Text}"));
                    }
                }
            }
        }
    }

    private static void Ids(
        SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, OperatorStateModel[] then, List<FoundOperator> now)
    {
        foreach (var doubled in now.GroupBy(static one => one.Model.Id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            Report(doubled.Last().At, $"two operators have the id '{doubled.Key}': give each its own", null);
        }

        var moved = new HashSet<SyntaxNode>();
        foreach (var gone in then.Where(one => now.All(found => found.Model.Id != one.Id)))
        {
            var heir = now.FirstOrDefault(found => found.Model.Verb == gone.Verb && then.All(one => one.Id != found.Model.Id)
                && !moved.Contains(found.At));
            if (heir is not null)
            {
                moved.Add(heir.At);
                Report(heir.At, $"the operator '{gone.Id}' is gone and '{heir.Model.Id}' is new: name it .Id(\"{gone.Id}\") if "
                    + "it is the same one, else accept the new state", gone.Id);
            }
            else
            {
                Report(null, $"the operator '{gone.Id}' ({gone.Verb}) is gone, and its state with it: put it back, or accept the "
                    + "new state and set JobOptions.AllowNonRestoredState", null);
            }
        }

        // One verb more without an id of its own: which of them is the old one?
        foreach (var verb in now.Where(static found => !found.HasOwnId).GroupBy(static found => found.Model.Verb, StringComparer.Ordinal))
        {
            var known = verb.Where(found => then.Any(one => one.Id == found.Model.Id)).ToArray();
            foreach (var added in known.Length == 0 ? [] : verb.Except(known).Where(found => !moved.Contains(found.At)))
            {
                Report(
                    added.At,
                    $"there is one {verb.Key} more without an id of its own, and the order of the verbs does not tell whose state is "
                        + $"whose: name the former ones, for example .Id(\"{known[0].Model.Id}\"), and the new one",
                    null);
            }
        }

        void Report(SyntaxNode? at, string text, string? fix) => context.ReportDiagnostic(Diagnostic.Create(
            Rules.OperatorLost,
            at?.GetLocation() ?? declaration.Identifier.GetLocation(),
            fix is null ? null : ImmutableDictionary<string, string?>.Empty.Add("id", fix),
            text));
    }
}
