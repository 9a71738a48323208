using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Analyzers.Contracts;

/// <summary>WEIR2004, WEIR2005: fields of state that nothing clears, and such that nobody can wire.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyedStateAnalyzer : DiagnosticAnalyzer
{
    private static readonly HashSet<string> Clearing =
        new(StringComparer.Ordinal) { "Clear", "Remove", "RemoveAt", "RemoveRange", "Replace" };

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.StateNeverCleared, Rules.StateNotWired];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Weir.StatefulProcess") is not null)
            {
                start.RegisterSymbolStartAction(Watch, SymbolKind.NamedType);
            }
        });
    }

    private static void Watch(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var fields = StateFields.Of(type).ToArray();
        if (fields.Length == 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return;
        }

        // Nobody is asked about what others may do with it.
        var used = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterOperationAction(
            operation =>
            {
                var (field, isCleared) = UseOf(operation.Operation);
                if (field is not null && isCleared)
                {
                    used.TryAdd(field.OriginalDefinition, true);
                }
            },
            OperationKind.FieldReference,
            OperationKind.PropertyReference);

        // What has a time to live is forgotten when that is over.
        context.RegisterOperationAction(
            operation =>
            {
                var made = (IObjectCreationOperation)operation.Operation;
                if (made.Arguments.Any(static argument =>
                    argument.Parameter?.Type is { } type && TypeNames.Definition(type) == "Weir.StateTtl"))
                {
                    foreach (var field in FilledBy(made))
                    {
                        used.TryAdd(field, true);
                    }
                }
            },
            OperationKind.ObjectCreation);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var field in fields)
            {
                var declared = field.AssociatedSymbol ?? field;
                if (WhyNotWired(type, field, end.CancellationToken) is var (why, cure))
                {
                    end.ReportDiagnostic(
                        Diagnostic.Create(Rules.StateNotWired, declared.Locations[0], declared.Name, type.Name, why, cure));
                }
                else if (declared.DeclaredAccessibility == Accessibility.Private && !used.ContainsKey(declared.OriginalDefinition)
                    && !IsOfWindow(declared, end.CancellationToken))
                {
                    end.ReportDiagnostic(Diagnostic.Create(Rules.StateNeverCleared, declared.Locations[0], declared.Name, type.Name));
                }
            }
        });
    }

    private static (string Why, string Cure)? WhyNotWired(INamedTypeSymbol type, IFieldSymbol field, CancellationToken cancellation)
    {
        if (!StateFields.AreIn(type))
        {
            return ("states are those of a class that a verb runs, and this is none",
                "keep it in a class that derives from KeyedProcess");
        }

        if (field.IsStatic)
        {
            return ("it is static, and each subtask has a state of its own", "make it a field of the instance");
        }

        if (type.GetMembers("Wire").OfType<IMethodSymbol>().Any(static method => method.IsOverride))
        {
            return null;
        }

        if (!Reach.CanReach(type))
        {
            return ($"generated code cannot reach the class '{type.Name}'", $"make '{type.Name}' internal, and the classes around it");
        }

        return IsMadeElsewhere(field.AssociatedSymbol ?? field, cancellation)
            ? ("it is made elsewhere, where others may hold it, too", "write '= new()' in its place")
            : null;
    }

    // It is forgotten with the window.
    private static bool IsOfWindow(ISymbol declared, CancellationToken cancellation) =>
        InitializerOf(declared, cancellation)?.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Any(static access => access.Name.Identifier.ValueText == "Window") == true;

    private static bool IsMadeElsewhere(ISymbol declared, CancellationToken cancellation) =>
        InitializerOf(declared, cancellation) is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            or (InvocationExpressionSyntax and not
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "Named",
                    Expression: ObjectCreationExpressionSyntax,
                }
            });

    private static ExpressionSyntax? InitializerOf(ISymbol declared, CancellationToken cancellation) =>
        declared.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };

    private static IEnumerable<ISymbol> FilledBy(IOperation made)
    {
        for (var outer = made.Parent; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IFieldInitializerOperation fields:
                    return fields.InitializedFields;
                case IPropertyInitializerOperation properties:
                    return properties.InitializedProperties;
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation target }:
                    return [target.Member.OriginalDefinition];
            }
        }

        return [];
    }

    // A field or property of state: cleared, or handed to somebody who may clear it.
    private static (ISymbol? Field, bool IsCleared) UseOf(IOperation use)
    {
        var member = use switch
        {
            IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => (ISymbol)field.Field,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property => property.Property,
            _ => null,
        };
        var type = (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;
        if (type is null || StateFields.StateOf(type) is null)
        {
            return (null, false);
        }

        var above = Locals.Above(use);
        while (above is IArrayElementReferenceOperation element)
        {
            above = Locals.Above(element);
        }

        return (member, above switch
        {
            IInvocationOperation call when call.Instance is not null && MemberUse.Bare(call.Instance) is var on
                && (on == use || on is IArrayElementReferenceOperation) => Clearing.Contains(call.TargetMethod.Name),
            IPropertyReferenceOperation { Property.Name: "Value" } value =>
                value.Parent is ISimpleAssignmentOperation assignment && assignment.Target == value
                && assignment.Value.ConstantValue is { HasValue: true, Value: null },
            IMemberReferenceOperation or IForEachLoopOperation => false,
            ISimpleAssignmentOperation assignment => MemberUse.Bare(assignment.Value) == use,
            _ => true,
        });
    }
}
