using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <content>Calls that nobody wrote as calls: operators, conversions, loops, patterns, what records are given by the compiler.</content>
internal sealed partial class UnitReader
{
    private void EnterImplicit(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation binary:
                Operator(binary.OperatorMethod, binary, binary.ConstrainedToType);
                ReadConcatenation(binary);
                break;
            case IUnaryOperation unary:
                Operator(unary.OperatorMethod, unary, unary.ConstrainedToType);
                break;
            case ICompoundAssignmentOperation compound:
                Operator(compound.OperatorMethod, compound, compound.ConstrainedToType);
                Concatenated(compound.Type, compound.Value);
                break;
            case IIncrementOrDecrementOperation step:
                Operator(step.OperatorMethod, step, step.ConstrainedToType);
                break;
            case IConversionOperation conversion:
                Operator(conversion.OperatorMethod, conversion, conversion.ConstrainedToType);
                break;
            case IInterpolationOperation part:
                ReadInterpolation(part);
                break;
            case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ } value, ..] } } part:
                ReadAppended(part, value.Value);
                break;
            case IUsingOperation or IUsingDeclarationOperation:
                ReadDisposal(operation);
                break;
            case IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax syntax }:
                Deconstructed(Sources.Model(syntax.SyntaxTree).GetDeconstructionInfo(syntax), operation);
                break;
            default:
                EnterPattern(operation);
                break;
        }
    }

    private void EnterPattern(IOperation operation)
    {
        switch (operation)
        {
            case IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol method, InputType: var type }:
                Call(method, type, operation, true, Receiver.Fresh, []);
                break;
            case IListPatternOperation list:
                Member(list.LengthSymbol, list.InputType, list);
                Member(list.IndexerSymbol, list.InputType, list);
                break;
            case IImplicitIndexerReferenceOperation indexer:
                Member(indexer.LengthSymbol, indexer.Instance.Type, indexer);
                Member(indexer.IndexerSymbol, indexer.Instance.Type, indexer);
                break;
            case ITypeParameterObjectCreationOperation { Type: ITypeParameterSymbol parameter }:
                foreach (var constructor in new TypeArguments(Sources).Of(parameter).SelectMany(static made => made.InstanceConstructors)
                    .Where(static constructor => constructor.Parameters.IsEmpty))
                {
                    Edge(constructor, Receiver.Fresh, []);
                }

                break;
            case ICollectionExpressionOperation { Type: INamedTypeSymbol type } collection:
                Kept(type);
                Operator(collection.ConstructMethod, collection, null);
                foreach (var add in Sources.Has(type) ? type.GetMembers("Add").OfType<IMethodSymbol>() : [])
                {
                    Edge(add, Receiver.Fresh, []);
                }

                break;
            case IWithOperation { Type: INamedTypeSymbol type }:
                foreach (var copy in type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared
                    && constructor.Parameters is [{ } only] && SymbolEqualityComparer.Default.Equals(only.Type, type)))
                {
                    Edge(copy, Receiver.Fresh, []);
                }

                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation target } assignment:
                Operator(assignment.Adds ? target.Event.AddMethod : target.Event.RemoveMethod, assignment, null);
                break;
            case IEventReferenceOperation raised when raised.Parent is not IEventAssignmentOperation:
                Held(raised);
                break;
            case ITupleBinaryOperation both:
                Equality(both.LeftOperand.Type);
                Implemented(both.LeftOperand.Type, both.OperatorKind == BinaryOperatorKind.Equals ? "op_Equality" : "op_Inequality", 2);
                break;
        }
    }

    private void Operator(IMethodSymbol? method, IOperation operation, ITypeSymbol? constrained)
    {
        if (method is not null)
        {
            Call(method, constrained, operation, true, Receiver.Fresh, []);
        }
    }

    private void Member(ISymbol? member, ITypeSymbol? type, IOperation operation)
    {
        var accessor = member switch
        {
            IPropertySymbol property => property.GetMethod,
            IMethodSymbol method => method,
            _ => null,
        };
        if (accessor is not null)
        {
            Call(accessor, type, operation, true, Receiver.Fresh, []);
        }
    }

    private void ReadLoop(IForEachLoopOperation loop)
    {
        if (loop.Syntax is CommonForEachStatementSyntax syntax)
        {
            var model = Sources.Model(syntax.SyntaxTree);
            var info = model.GetForEachStatementInfo(syntax);
            var collection = MemberUse.Bare(loop.Collection).Type;
            foreach (var method in new[] { info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty?.GetMethod,
                info.DisposeMethod })
            {
                if (method is not null)
                {
                    var type = method.Name == "GetEnumerator" ? collection : info.GetEnumeratorMethod?.ReturnType;
                    Call(method, type, loop.Collection, true, Receiver.Fresh, []);
                }
            }

            ReadEnumerators(info);
            if (syntax is ForEachVariableStatementSyntax taken)
            {
                Deconstructed(model.GetDeconstructionInfo(taken), loop.Collection);
            }
        }

        if (OrderFamily.IsUnordered(loop.Collection) && !OrderEscape.IsFree(loop))
        {
            Report(Rules.Unordered, loop.Collection.Syntax.GetLocation(), "foreach", OrderFamily.Cure);
        }
    }

    // An enumerator of the project that is handed out as an interface.
    private void ReadEnumerators(ForEachStatementInfo info)
    {
        if (info.GetEnumeratorMethod is not { ReturnType: INamedTypeSymbol { TypeKind: TypeKind.Interface } handed } getter
            || !Sources.Has(getter))
        {
            return;
        }

        IMethodSymbol?[] called = [info.MoveNextMethod, info.CurrentProperty?.GetMethod, info.DisposeMethod];
        foreach (var type in Sources.Types.Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct
            && type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one, handed))))
        {
            foreach (var implementation in called.OfType<IMethodSymbol>()
                .Select(type.FindImplementationForInterfaceMember)
                .OfType<IMethodSymbol>())
            {
                Edge(implementation, Receiver.Fresh, []);
            }
        }
    }

    private void Deconstructed(DeconstructionInfo info, IOperation operation)
    {
        Operator(info.Method, operation, null);
        foreach (var nested in info.Nested)
        {
            Deconstructed(nested, operation);
        }
    }

    private void ReadDisposal(IOperation operation)
    {
        var types = operation switch
        {
            IUsingOperation { Resources: IVariableDeclarationGroupOperation group } => group.Declarations,
            IUsingDeclarationOperation declaration => declaration.DeclarationGroup.Declarations,
            _ => [],
        };
        var disposed = types.SelectMany(static declaration => declaration.Declarators).Select(static declarator => declarator.Symbol.Type)
            .Concat(operation is IUsingOperation { Resources: { Type: { } type } } ? [type] : []);
        foreach (var method in disposed.SelectMany(DisposalOf))
        {
            Edge(method, Receiver.Fresh, []);
        }
    }

    private IEnumerable<IMethodSymbol> DisposalOf(ITypeSymbol type)
    {
        var disposable = Sources.Compilation.GetSpecialType(SpecialType.System_IDisposable).GetMembers("Dispose").FirstOrDefault();
        return disposable is not null && type.FindImplementationForInterfaceMember(disposable) is IMethodSymbol implementation
            ? [implementation]
            : type.GetMembers("Dispose").OfType<IMethodSymbol>().Where(static method => method.Parameters.IsEmpty);
    }

    private void ReadImplicit(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (method.MethodKind == MethodKind.Constructor && !method.IsStatic)
        {
            if (type?.BaseType is { } inherited && Sources.Has(inherited) && !HasInitializer(method)
                && inherited.InstanceConstructors.FirstOrDefault(static one => one.Parameters.All(static parameter =>
                    parameter.IsOptional)) is { } before)
            {
                Edge(before, Receiver.This, []);
            }
        }
        else if (method.IsImplicitlyDeclared && type is { IsRecord: true })
        {
            foreach (var member in type.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic))
            {
                if (method.Name is "Equals" or "op_Equality" or "op_Inequality")
                {
                    Equality(member.Type);
                }
                else if (method.Name is "ToString" or "PrintMembers")
                {
                    Text(member.Type);
                }
            }

            foreach (var member in method.Name is "ToString" ? type.GetMembers("PrintMembers").OfType<IMethodSymbol>() : [])
            {
                Edge(member, Receiver.This, []);
            }

            foreach (var property in method.Name is "PrintMembers" ? type.GetMembers().OfType<IPropertySymbol>() : [])
            {
                if (property is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, GetMethod: { } getter })
                {
                    Edge(getter, Receiver.This, []);
                }
            }

            foreach (var equals in method.Name is "op_Equality" or "op_Inequality" ? type.GetMembers("Equals").OfType<IMethodSymbol>() : [])
            {
                if (!equals.IsImplicitlyDeclared)
                {
                    Edge(equals, Receiver.Fresh, []);
                }
            }
        }
    }

    private bool HasInitializer(IMethodSymbol constructor) => Sources.Declarations(constructor).Any(static node => node switch
    {
        ConstructorDeclarationSyntax declaration => declaration.Initializer is not null,
        TypeDeclarationSyntax { BaseList: { } bases } => bases.Types.Any(SyntaxKind.PrimaryConstructorBaseType),
        _ => false,
    });
}
