using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Weir.Analyzers.State;
using Weir.Generators.Codecs;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Rows;
using Weir.Generators.Types;

namespace Weir.Analyzers;

/// <summary>WEIR0002: what a pipeline stores, sends, reads or writes must have a codec or a row format.</summary>
/// <remarks>
/// Each member is reported once, at its own place if its source is at hand, and at the verb if it is not. A pipeline outside of
/// <c>[Pipeline]</c> is looked at verb by verb.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnsupportedStateType];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.PipelineAttribute") is not { } pipeline)
            {
                return;
            }

            var reported = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
            start.RegisterSyntaxNodeAction(node => OfMethod(node, pipeline, reported), SyntaxKind.MethodDeclaration);
            start.RegisterSyntaxNodeAction(
                node => OfCall(node, reported), SyntaxKind.InvocationExpression, SyntaxKind.GroupClause);
            start.RegisterSyntaxNodeAction(OfRows, SyntaxKind.GenericName, SyntaxKind.InvocationExpression);
            start.RegisterSymbolAction(symbol => OfType(symbol, reported), SymbolKind.NamedType);
        });
    }

    private static void OfMethod(
        SyntaxNodeAnalysisContext context, INamedTypeSymbol pipeline, ConcurrentDictionary<string, bool> reported)
    {
        var declaration = (MethodDeclarationSyntax)context.Node;
        if (declaration.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } method
            || !method.GetAttributes().Any(present => SymbolEqualityComparer.Default.Equals(present.AttributeClass, pipeline)))
        {
            return;
        }

        foreach (var use in StateTypeFinder.Find(declaration, context.SemanticModel, context.CancellationToken))
        {
            Check(use, context, reported);
        }
    }

    private static void OfCall(SyntaxNodeAnalysisContext context, ConcurrentDictionary<string, bool> reported)
    {
        if (StateTypeFinder.MayStore(context.Node))
        {
            foreach (var use in StateTypeFinder.OutsidePipelines(context.Node, context.SemanticModel, context.CancellationToken))
            {
                Check(use, context, reported);
            }
        }
    }

    private static void OfRows(SyntaxNodeAnalysisContext context)
    {
        if (!RowCalls.MayBe(context.Node))
        {
            return;
        }

        foreach (var demand in RowCalls.DemandsOf(context.Node, context.SemanticModel, context.CancellationToken))
        {
            if (demand.IsSure && RowParser.Parse(demand.Type, demand.Kind, context.Compilation, context.CancellationToken)
                is { Failure: { } failure } rows)
            {
                var name = RowCalls.NameOf(context.Node);
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.UnsupportedStateType, name.GetLocation(), failure.Path, failure.Type, failure.Reason,
                    $"read or written as {TextOf(rows.Kind)} by '{name}'"));
            }
        }
    }

    private static string TextOf(RowKind kind) => kind switch
    {
        RowKind.Csv => "CSV",
        RowKind.Columns => "columns of a table",
        _ => "JSON",
    };

    private static void OfType(SymbolAnalysisContext context, ConcurrentDictionary<string, bool> reported)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind == TypeKind.Class)
        {
            OfKeeper(type, context, reported);
        }

        if (TypeNames.Attribute(type, "Weir.GenerateCodecAttribute") is not null)
        {
            Check(type, type.Locations[0], "written by its codec", context.Compilation, reported, context.ReportDiagnostic,
                context.CancellationToken);
        }
    }

    // What a class keeps by key, and what a trigger remembers of a window.
    private static void OfKeeper(INamedTypeSymbol type, SymbolAnalysisContext context, ConcurrentDictionary<string, bool> reported)
    {
        foreach (var (stored, field) in StateFields.AreIn(type) ? StateFields.StoredBy(type) : [])
        {
            if (SymbolEqualityComparer.Default.Equals(field.ContainingType, type))
            {
                Check(stored, (field.AssociatedSymbol ?? field).Locations[0], $"kept in the state '{StateFields.NameOf(field)}'",
                    context.Compilation, reported, context.ReportDiagnostic, context.CancellationToken);
            }
        }

        foreach (var state in StateClassParser.TriggerState(type, isClosed: true))
        {
            Check(state, type.Locations[0], $"remembered by '{type.Name}'", context.Compilation, reported,
                context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private static void Check(StateTypeUse use, SyntaxNodeAnalysisContext context, ConcurrentDictionary<string, bool> reported)
    {
        if (use.Need is not (CodecNeed.Stored or CodecNeed.Named) || AnonymousTypes.IsIn(use.Type) || !TypeArguments.IsClosed(use.Type)
            || (use.Need == CodecNeed.Named && RegisteredCodecs.Contain(use.Type, context.Compilation, context.CancellationToken)))
        {
            return;
        }

        var verb = NameOf(use.Call);
        var purpose = use.Need == CodecNeed.Named ? "asked for by its codec here"
            : $"stored or sent to other subtasks by '{use.Verb ?? verb.ToString()}'";
        Check(use.Type, verb.GetLocation(), purpose, context.Compilation, reported, context.ReportDiagnostic, context.CancellationToken);
    }

    private static void Check(
        ITypeSymbol type, Location place, string purpose, Compilation compilation, ConcurrentDictionary<string, bool> reported,
        Action<Diagnostic> report, CancellationToken cancellation)
    {
        var found = new List<FoundFailure>();
        TypeParser.Parse(type, compilation, cancellation, TypeUse.Codec, found);
        Report(found, place, purpose, compilation, reported, report);
    }

    private static void Report(
        List<FoundFailure> found, Location place, string purpose, Compilation compilation, ConcurrentDictionary<string, bool> reported,
        Action<Diagnostic> report)
    {
        foreach (var (failure, at) in found)
        {
            var member = at?.Locations.FirstOrDefault(location =>
                location.IsInSource && compilation.ContainsSyntaxTree(location.SourceTree!));
            var (location, key) = member is null
                ? (place, $"{failure}@{place}")
                : (member, $"{failure.Type} {failure.Reason}@{member}");
            if (reported.TryAdd(key, true))
            {
                report(Diagnostic.Create(
                    Rules.UnsupportedStateType, location, failure.Path, failure.Type, failure.Reason, purpose));
            }
        }
    }

    private static SyntaxNode NameOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => call,
    };
}
