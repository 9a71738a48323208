using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Generators.Keyed;

namespace Weir.Analyzers.Contracts;

/// <summary>WEIR2003: a field of an aggregate or another contract of operator code that its members change.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MutableFieldAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MutableField];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.DeterministicAttribute") is { } deterministic)
            {
                start.RegisterSymbolStartAction(symbol => Watch(symbol, deterministic), SymbolKind.NamedType);
            }
        });
    }

    private static void Watch(SymbolStartAnalysisContext context, INamedTypeSymbol deterministic)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || ContractOf(type, deterministic) is not { } contract)
        {
            return;
        }

        var changed = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                if (ChangedBy(operation.Operation) is { IsStatic: false, IsImplicitlyDeclared: false } member
                    && SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, type)
                    && !IsState(member)
                    && !IsInConstruction(operation.ContainingSymbol, operation.Operation))
                {
                    changed.TryAdd(member.OriginalDefinition, true);
                }
            },
            OperationKind.SimpleAssignment,
            OperationKind.CompoundAssignment,
            OperationKind.CoalesceAssignment,
            OperationKind.DeconstructionAssignment,
            OperationKind.Increment,
            OperationKind.Decrement,
            OperationKind.Argument,
            OperationKind.Invocation);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var member in changed.Keys)
            {
                end.ReportDiagnostic(Diagnostic.Create(Rules.MutableField, member.Locations[0], member.Name, type.Name, PlaceIn(contract)));
            }
        });
    }

    // What a state holds may change: that is what it is for.
    private static bool IsState(ISymbol member) =>
        (member as IFieldSymbol)?.Type is { } field ? StateFields.StateOf(field) is not null
        : member is IPropertySymbol { Type: var type } && StateFields.StateOf(type) is not null;

    private static string PlaceIn(INamedTypeSymbol contract) => contract.Name switch
    {
        "StatefulProcess" or "KeyedProcess" or "WindowProcess" =>
            "a field of type ValueState, ListState, MapState, ReducingState or AggregatingState",
        "Trigger" => "the state of the trigger",
        "WatermarkGenerator" => "the state of the generator",
        _ => $"the accumulator of the {contract.Name}",
    };

    private static INamedTypeSymbol? ContractOf(INamedTypeSymbol type, INamedTypeSymbol deterministic)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsAbstract && IsMarked(ancestor))
            {
                return ancestor;
            }
        }

        return type.AllInterfaces.FirstOrDefault(IsMarked);

        bool IsMarked(INamedTypeSymbol one) => one.OriginalDefinition.GetAttributes()
            .Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, deterministic));
    }

    private static ISymbol? ChangedBy(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation { Target: ITupleOperation tuple } =>
            tuple.Elements.Select(static item => Member(item)).FirstOrDefault(static member => member is not null),
        IAssignmentOperation assignment => Member(assignment.Target),
        IIncrementOrDecrementOperation step => Member(step.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Member(argument.Value),
        IInvocationOperation { Instance: { } instance } call when AmbientFamily.Changes(call.TargetMethod) => Member(instance),
        _ => null,
    };

    // The member itself, or the one that holds the array or collection whose element is meant.
    private static ISymbol? Member(IOperation target) => MemberUse.Bare(target) switch
    {
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property.IsIndexer: false } property => property.Property,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } holder } => Member(holder),
        IArrayElementReferenceOperation element => Member(element.ArrayReference),
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } outer } => Member(outer),
        _ => null,
    };

    private static bool IsInConstruction(ISymbol symbol, IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }

            if (outer is IObjectOrCollectionInitializerOperation)
            {
                return true;
            }
        }

        return symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } or IFieldSymbol or IPropertySymbol
            || symbol is IMethodSymbol { MethodKind: MethodKind.PropertySet, IsInitOnly: true };
    }
}
