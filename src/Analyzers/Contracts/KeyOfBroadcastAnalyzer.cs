using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Keyed;

namespace Weir.Analyzers.Contracts;

/// <summary>WEIR2006: state of a key that <c>OnBroadcast</c> touches, which has no key.</summary>
/// <remarks>Follows calls within the class, as far as they name a method of it.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyOfBroadcastAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.KeyOfBroadcast];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.BroadcastProcess`4") is { } process)
            {
                start.RegisterSymbolStartAction(symbol => Watch(symbol, process), SymbolKind.NamedType);
            }
        });
    }

    private static void Watch(SymbolStartAnalysisContext context, INamedTypeSymbol process)
    {
        if (!DerivesFrom((INamedTypeSymbol)context.Symbol, process))
        {
            return;
        }

        var touched = new ConcurrentBag<(ISymbol By, ISymbol State, Location Where)>();
        var called = new ConcurrentBag<(ISymbol By, ISymbol Method)>();
        context.RegisterOperationAction(
            operation =>
            {
                if (operation.Operation is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } use
                    && use.Parent is not INameOfOperation && IsOfKey(use.Type))
                {
                    touched.Add((operation.ContainingSymbol.OriginalDefinition, use.Member, use.Syntax.GetLocation()));
                }
                else if (operation.Operation is IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property)
                {
                    foreach (var accessor in new[] { property.Property.GetMethod, property.Property.SetMethod }.OfType<IMethodSymbol>())
                    {
                        called.Add((operation.ContainingSymbol.OriginalDefinition, accessor.OriginalDefinition));
                    }
                }
            },
            OperationKind.FieldReference,
            OperationKind.PropertyReference);
        context.RegisterOperationAction(
            operation => called.Add((
                operation.ContainingSymbol.OriginalDefinition,
                ((IInvocationOperation)operation.Operation).TargetMethod.OriginalDefinition)),
            OperationKind.Invocation);
        context.RegisterSymbolEndAction(end =>
        {
            var reached = Reached(called);
            foreach (var (by, state, where) in touched)
            {
                if (IsOnBroadcast(by) || reached.Contains(by))
                {
                    end.ReportDiagnostic(Diagnostic.Create(Rules.KeyOfBroadcast, where, state.Name, end.Symbol.Name));
                }
            }
        });
    }

    private static HashSet<ISymbol> Reached(IReadOnlyCollection<(ISymbol By, ISymbol Method)> called)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var isNew = true;
        while (isNew)
        {
            isNew = false;
            foreach (var (by, method) in called)
            {
                isNew |= (IsOnBroadcast(by) || reached.Contains(by)) && reached.Add(method);
            }
        }

        return reached;
    }

    private static bool IsOnBroadcast(ISymbol member) => member is IMethodSymbol { Name: "OnBroadcast", IsOverride: true };

    // Those that all keys share have no key to miss.
    private static bool IsOfKey(ITypeSymbol? type) =>
        type is not null && StateFields.StateOf(type) is { Name: not ("BroadcastState" or "OperatorListState") };

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol process)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(above.OriginalDefinition, process))
            {
                return true;
            }
        }

        return false;
    }
}
