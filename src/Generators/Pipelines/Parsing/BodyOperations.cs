using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds what means something else in another class although every name in it is found: what depends on where it stands.</summary>
internal static class BodyOperations
{
    public static Refusal? RefusalOf(SyntaxNode body, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetOperation(body, cancellation) is not { } whole)
        {
            // Parentheses, 'checked' and the like are no operations.
            return body.ChildNodes()
                .Select(inner => RefusalOf(inner, model, cancellation))
                .FirstOrDefault(static refusal => refusal is not null);
        }

        foreach (var operation in whole.DescendantsAndSelf())
        {
            cancellation.ThrowIfCancellationRequested();
            if (RefusalOf(operation, model.Compilation) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static Refusal? RefusalOf(IOperation operation, Compilation compilation) => operation switch
    {
        { Type: IDynamicTypeSymbol } => new Refusal("uses 'dynamic', which binds by where it stands", "give the value a static type"),
        { Type: IPointerTypeSymbol or IFunctionPointerTypeSymbol } or IAddressOfOperation =>
            new Refusal("holds unsafe code", "move the unsafe code to an internal method and call it"),
        IEventReferenceOperation { Event.Name: var name } =>
            new Refusal($"uses the event '{name}', which only its own type may raise", "move the use to an internal method and call it"),
        IArgumentOperation { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter } when AsksForCaller(parameter) =>
            new Refusal($"leaves '{parameter.Name}' to the compiler, which says who calls", $"pass '{parameter.Name}'"),
        IConversionOperation { Type: { Name: "Expression" } tree } when IsIn(tree, "System.Linq.Expressions") =>
            new Refusal("makes an expression tree of itself", "move the tree to an internal method and call it"),
        IInvocationOperation { TargetMethod: { ReturnsVoid: true } method } when Has(method, "ConditionalAttribute") =>
            new Refusal($"calls '{method.Name}', which a symbol of the file may switch off", "leave the call out"),
        IInvocationOperation { TargetMethod: { Name: "GetCurrentMethod" or "GetCallingAssembly", IsStatic: true } method }
            when IsIn(method.ContainingType, "System.Reflection") =>
            new Refusal($"calls '{method.Name}', which asks where it is called", "use 'typeof'"),
        IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol { IsExtensionMethod: true } method } => OfPattern(method),
        IBinaryOperation { OperatorMethod: { } method } when ExtensionCallParser.IsOfBlock(method) => OfOperator(method),
        IUnaryOperation { OperatorMethod: { } method } when ExtensionCallParser.IsOfBlock(method) => OfOperator(method),
        ICompoundAssignmentOperation { OperatorMethod: { } method } when ExtensionCallParser.IsOfBlock(method) => OfOperator(method),
        IIncrementOrDecrementOperation { OperatorMethod: { } method } when ExtensionCallParser.IsOfBlock(method) => OfOperator(method),
        IPropertyReferenceOperation property => OfProperty(property, compilation),
        _ => null,
    };

    /// <summary>Why an extension that no name in the text stands for must be found where it is.</summary>
    public static Refusal OfPattern(IMethodSymbol method) =>
        new($"uses the extension '{method.Name}' without naming it", $"call '{method.Name}'");

    private static Refusal OfOperator(IMethodSymbol method) =>
        new($"uses the extension operator '{method.Name}'", "call an internal method in its place");

    private static Refusal? OfProperty(IPropertyReferenceOperation reference, Compilation compilation)
    {
        var property = reference.Property;
        if (ExtensionCallParser.IsOfBlock(property))
        {
            return new Refusal($"uses the extension property '{property.Name}'", "call an internal method in its place");
        }

        var isSet = reference.Parent is IAssignmentOperation assignment && assignment.Target == reference;
        var accessor = isSet && reference.Parent is ISimpleAssignmentOperation ? property.SetMethod : property.GetMethod;
        return (accessor is not null && !CanReach(accessor)) || (isSet && property.SetMethod is { } setter && !CanReach(setter))
            ? new Refusal($"uses an accessor of '{property.Name}' that is not accessible outside its type", "make the accessor internal")
            : null;

        // A property that cannot be reached as a whole is told of where its name is looked at.
        bool CanReach(IMethodSymbol method) => compilation.IsSymbolAccessibleWithin(method, compilation.Assembly)
            || !compilation.IsSymbolAccessibleWithin(property, compilation.Assembly);
    }

    private static bool AsksForCaller(IParameterSymbol parameter) =>
        Has(parameter, "CallerMemberNameAttribute") || Has(parameter, "CallerFilePathAttribute")
        || Has(parameter, "CallerLineNumberAttribute") || Has(parameter, "CallerArgumentExpressionAttribute");

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(present => present.AttributeClass?.Name == attribute);

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace?.ToDisplayString() == space;
}
