using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Analyzers;

/// <summary>WEIR0007: settings that keep generated code from being compiled. Once, at the first place that needs some.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompilerSettingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.CompilerSetting];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        PipelineMethods.RegisterStart(context, static (start, attribute) =>
        {
            var options = start.Compilation.SyntaxTrees.FirstOrDefault()?.Options;
            if (CompilerNeeds.MissingFor(options) is not { } missing)
            {
                return;
            }

            var places = new ConcurrentBag<(SyntaxNode At, string Name)>();
            PipelineMethods.Register(start, attribute, (node, declaration, method) => places.Add((declaration, method.Name)));
            if (!CompilerNeeds.UnderstandsLanguage(options))
            {
                // Rows and codecs are generated for these, too.
                start.RegisterOperationAction(
                    operation =>
                    {
                        var call = (IInvocationOperation)operation.Operation;
                        if (call.TargetMethod.ContainingType?.ToDisplayString() is "Weir.Csv" or "Weir.Files" or "Weir.JsonLines"
                            or "Weir.Kafka" or "Weir.RecordFormats")
                        {
                            places.Add((call.Syntax, call.TargetMethod.Name));
                        }
                    },
                    OperationKind.Invocation);
            }

            start.RegisterCompilationEndAction(end =>
            {
                foreach (var (at, name) in places
                    .OrderBy(static place => place.At is not Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax)
                    .ThenBy(static place => place.At.SyntaxTree.FilePath, StringComparer.Ordinal)
                    .ThenBy(static place => place.At.SpanStart)
                    .Take(1))
                {
                    var place = at is Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax method
                        ? method.Identifier.GetLocation() : at.GetLocation();
                    end.ReportDiagnostic(Diagnostic.Create(Rules.CompilerSetting, place, name, missing.Why, missing.Cure));
                }
            });
        });
    }
}
