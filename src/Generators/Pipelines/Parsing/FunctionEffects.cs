using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Whether a function of an aggregate changes anything outside itself: LINQ calls it when the window fires, and perhaps never, an
/// accumulator as records come.
/// </summary>
/// <remarks>What referenced assemblies declare counts as harmless if it answers something and is given nothing by reference.</remarks>
internal sealed class FunctionEffects
{
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly IParameterSymbol? _fold;
    private readonly SyntaxNode _body;

    private FunctionEffects(SyntaxNode body, Compilation compilation, IParameterSymbol? fold, CancellationToken cancellation)
    {
        _body = body;
        _compilation = compilation;
        _fold = fold;
        _cancellation = cancellation;
    }

    /// <summary>Whether a function changes something.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="model">The semantic model of its file.</param>
    /// <param name="fold">The parameter that it may change, as it belongs to the aggregate; null for none.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static bool HasAny(SyntaxNode body, SemanticModel model, IParameterSymbol? fold, CancellationToken cancellation) =>
        new FunctionEffects(body, model.Compilation, fold, cancellation).IsIn(body, model);

    private bool IsIn(SyntaxNode body, SemanticModel model)
    {
        _cancellation.ThrowIfCancellationRequested();
        return model.GetOperation(body, _cancellation) is { } whole
            ? whole.DescendantsAndSelf().Any(Changes)
            : body.ChildNodes().Any(inner => IsIn(inner, model));
    }

    private bool Changes(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation or IAnonymousObjectCreationOperation } => false,
        IDeconstructionAssignmentOperation { Target: ITupleOperation targets } => targets.Elements.Any(IsOutside),
        IAssignmentOperation assignment => IsOutside(assignment.Target),
        IIncrementOrDecrementOperation increment => IsOutside(increment.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsOutside(argument.Value),
        IEventAssignmentOperation or IDynamicInvocationOperation or IAwaitOperation => true,
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction } => false,
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var called } => IsShared(called),
        IInvocationOperation { Parent: IObjectOrCollectionInitializerOperation } => false,
        IInvocationOperation call => (call.TargetMethod.ReturnsVoid && IsOutside(call.Instance)) || IsChanging(call.TargetMethod)
            || (IsShared(call.Instance) && !OutsideCalls.OnlyAsk(call.TargetMethod)),
        IMethodReferenceOperation { Method: var method } => IsChanging(method),
        IPropertyReferenceOperation { Property.GetMethod: { } getter } => IsChanging(getter),
        IObjectCreationOperation { Constructor: { } constructor } => IsChanging(constructor),
        IBinaryOperation { OperatorMethod: { } method } => IsChanging(method),
        IUnaryOperation { OperatorMethod: { } method } => IsChanging(method),
        IConversionOperation { OperatorMethod: { } method } => IsChanging(method),
        _ => false,
    };

    // What is not a local of the function, or a part of a local that is a value.
    private bool IsOutside(IOperation? target) => target switch
    {
        ILocalReferenceOperation or IDiscardOperation or IDeclarationExpressionOperation => false,
        IParameterReferenceOperation => false,
        IFieldReferenceOperation { Instance: { } instance } => !IsOwnValue(instance) && !IsFold(instance),
        IPropertyReferenceOperation { Instance: { } instance } => !IsOwnValue(instance) && !IsFold(instance),
        IArrayElementReferenceOperation { ArrayReference: var array } => !IsFold(array),
        IConversionOperation conversion => IsOutside(conversion.Operand),
        ITupleOperation tuple => tuple.Elements.Any(IsOutside),
        _ => true,
    };

    // An object that other code holds, too: it was captured, or stands in a static member.
    private bool IsShared(IOperation? instance) => instance switch
    {
        ILocalReferenceOperation local => !IsDeclaredIn(local.Local),
        IParameterReferenceOperation parameter => !IsDeclaredIn(parameter.Parameter),
        IFieldReferenceOperation field => field.Instance is null ? field.Field.IsStatic : IsShared(field.Instance),
        IPropertyReferenceOperation property => property.Instance is null ? property.Property.IsStatic : IsShared(property.Instance),
        _ => false,
    };

    // Of bodies elsewhere, what is not static is their own.
    private bool IsDeclaredIn(ISymbol variable) => variable.DeclaringSyntaxReferences.Length == 0
        || variable.DeclaringSyntaxReferences[0] is var declared
            && (declared.SyntaxTree != _body.SyntaxTree || _body.Parent!.Span.Contains(declared.Span) || !IsAround(declared));

    private bool IsAround(SyntaxReference declared) => _body.Ancestors().OfType<MemberDeclarationSyntax>()
        .FirstOrDefault() is { } member && member.Span.Contains(declared.Span);

    private static bool IsOwnValue(IOperation instance) => instance switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation => instance.Type is { IsValueType: true },
        IFieldReferenceOperation { Instance: { } outer, Type.IsValueType: true } => IsOwnValue(outer),
        _ => false,
    };

    private bool IsFold(IOperation instance) => _fold is not null && instance switch
    {
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, _fold),
        IFieldReferenceOperation { Instance: { } outer } => IsFold(outer),
        IPropertyReferenceOperation { Instance: { } outer } => IsFold(outer),
        _ => false,
    };

    // What is declared in source is read, each member once.
    private bool IsChanging(IMethodSymbol method)
    {
        var declared = method.ReducedFrom ?? method.OriginalDefinition;
        return _seen.Add(declared) && declared.DeclaringSyntaxReferences.Any(reference => IsIn(reference.GetSyntax(_cancellation)));
    }

    private bool IsIn(SyntaxNode declaration)
    {
        if (BodyOf(declaration) is not { } body)
        {
            return false;
        }

        BodyReads.Note(declaration);
        return IsIn(body, Semantics.Of(_compilation, body.SyntaxTree));
    }

    private static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody?.Expression,
        ArrowExpressionClauseSyntax arrow => arrow.Expression,
        _ => null,
    };
}
