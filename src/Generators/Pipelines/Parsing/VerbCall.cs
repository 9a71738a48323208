using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A call of a verb, taken apart. A clause of a query is one, too.</summary>
/// <param name="operation">The call as the compiler understands it.</param>
/// <param name="syntax">The call as it is written.</param>
/// <param name="model">The semantic model of its file.</param>
internal sealed class VerbCall(IInvocationOperation operation, SyntaxNode syntax, SemanticModel model)
{
    public SyntaxNode Syntax { get; } = syntax;

    public SemanticModel Model { get; } = model;

    public string Verb => operation.TargetMethod.Name;

    public IMethodSymbol Method => operation.TargetMethod;

    /// <summary>Gets what the verb is.</summary>
    public VerbRole Role { get; } = Verbs.RoleOf(operation.TargetMethod);

    /// <summary>Gets a value indicating whether the stream before the dot is keyed.</summary>
    public bool IsOfKeyed => Method.IsStatic && Method.Parameters[0].Type.Name == StreamTypes.Keyed;

    /// <summary>Gets the node that a person would point at: the verb's name.</summary>
    public SyntaxNode Name => (Syntax as InvocationExpressionSyntax)?.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => Syntax,
    };

    /// <summary>Returns the call if it is one of a verb, of <c>Job.From</c>, or of what stands between verbs.</summary>
    public static VerbCall? Of(InvocationExpressionSyntax syntax, SemanticModel model, CancellationToken cancellation) =>
        MayBeVerb(syntax, model) && model.GetOperation(syntax, cancellation) is IInvocationOperation operation
            ? Of(operation, syntax, model)
            : null;

    /// <summary>The same for a clause of a query.</summary>
    public static VerbCall? Of(IInvocationOperation clause, SemanticModel model) =>
        Of(clause, clause.Syntax, model);

    public ITypeSymbol TypeArgument(int index) => Method.TypeArguments[index];

    /// <summary>The verb's method, with its type parameters open.</summary>
    public VerbSignatureModel Signature()
    {
        var method = Method.OriginalDefinition;
        return new VerbSignatureModel
        {
            TypeParameters = new([.. method.TypeParameters.Select(static parameter => parameter.Name)]),
            Constraints = new([.. method.TypeParameters.Select(ConstraintOf).OfType<string>()]),
            Returns = method.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Receiver = method.IsStatic ? NameOf(method.Parameters[0].Type) : NameOf(method.ContainingType),
            IsExtension = method.IsStatic,
            Parameters = new([.. method.Parameters.Skip(method.IsStatic ? 1 : 0).Select(static parameter => new VerbParameterModel
            {
                Type = (parameter.IsParams ? "params " : parameter.RefKind == RefKind.Out ? "out " : "") + NameOf(parameter.Type),
                Name = parameter.Name,
            })]),
        };
    }

    /// <summary>The expression that a parameter was given, or null.</summary>
    public ExpressionSyntax? Argument(string parameter) => ArgumentOf(parameter)?.Syntax switch
    {
        ArgumentSyntax argument => argument.Expression,
        ExpressionSyntax receiver => receiver,
        _ => null,
    };

    /// <summary>Whether an argument is the function of a verb.</summary>
    public bool IsFunction(ExpressionSyntax argument) =>
        operation.Arguments.Any(given => given.Parameter?.Type.TypeKind == TypeKind.Delegate
            && (given.Syntax as ArgumentSyntax)?.Expression == argument);

    /// <summary>The function that a query makes of a clause, if it takes records alone; else null.</summary>
    public IMethodSymbol? ClauseFunction(string parameter) =>
        Syntax is not InvocationExpressionSyntax
        && ArgumentOf(parameter)?.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function }
            ? function.Symbol
            : null;

    /// <summary>The expression that a clause's function answers with.</summary>
    public ExpressionSyntax? ClauseBody(string parameter) =>
        Syntax is LetClauseSyntax let ? let.Expression
        : parameter == "resultSelector" ? QueryVariables.AnsweredBy(Syntax)?.Expression
        : ArgumentOf(parameter)?.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function }
            ? function.Body.Operations.OfType<IReturnOperation>().FirstOrDefault()?.ReturnedValue?.Syntax as ExpressionSyntax
            : null;

    public ITypeSymbol? ParameterType(string parameter) => Method.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Type;

    /// <summary>
    /// The streams that go in: the one before the dot, and those that <c>Union</c> joins to it. Null for one that is not written here.
    /// </summary>
    public IEnumerable<ExpressionSyntax?> Inputs()
    {
        if (Method.IsStatic)
        {
            yield return Argument(Method.Parameters[0].Name);
        }

        foreach (var argument in operation.Arguments.Where(argument => argument.Parameter is { RefKind: RefKind.None } parameter
            && !(Method.IsStatic && parameter.Ordinal == 0) && StreamTypes.TakesStreams(parameter.Type)))
        {
            if (argument is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer: { } streams } })
            {
                foreach (var stream in streams.ElementValues)
                {
                    yield return stream.Syntax as ExpressionSyntax;
                }
            }
            else
            {
                yield return StreamTypes.IsStream(argument.Parameter!.Type) ? (argument.Syntax as ArgumentSyntax)?.Expression : null;
            }
        }
    }

    /// <summary>The variables that streams beside the main one go to.</summary>
    public IEnumerable<ExpressionSyntax> Beside() => operation.Arguments
        .Where(static argument => argument.Parameter is { RefKind: RefKind.Out } parameter && StreamTypes.IsStream(parameter.Type))
        .Select(static argument => (argument.Syntax as ArgumentSyntax)?.Expression)
        .OfType<ExpressionSyntax>();

    private static VerbCall? Of(IInvocationOperation operation, SyntaxNode syntax, SemanticModel model)
    {
        var call = new VerbCall(operation, syntax, model);
        return call.Role == VerbRole.None ? null : call;
    }

    private static bool MayBeVerb(InvocationExpressionSyntax syntax, SemanticModel model) => syntax.Expression switch
    {
        MemberAccessExpressionSyntax access => Verbs.MayBe(access.Name.Identifier.ValueText, model.Compilation),
        MemberBindingExpressionSyntax binding => Verbs.MayBe(binding.Name.Identifier.ValueText, model.Compilation),
        SimpleNameSyntax simple => Verbs.MayBe(simple.Identifier.ValueText, model.Compilation),
        _ => false,
    };

    /// <summary>What is asked of a type parameter, as a clause; null for nothing.</summary>
    public static string? ConstraintOf(ITypeParameterSymbol parameter)
    {
        string[] parts =
        [
            .. parameter.HasUnmanagedTypeConstraint ? ["unmanaged"] : parameter.HasValueTypeConstraint ? ["struct"]
                : parameter.HasReferenceTypeConstraint ? ["class"] : parameter.HasNotNullConstraint ? ["notnull"] : Array.Empty<string>(),
            .. parameter.ConstraintTypes.Select(NameOf),
            .. parameter.HasConstructorConstraint ? ["new()"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : $"where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private IArgumentOperation? ArgumentOf(string parameter) => operation.Arguments.FirstOrDefault(
        argument => argument.Parameter?.Name == parameter
            && (argument.ArgumentKind == ArgumentKind.Explicit || Syntax is not InvocationExpressionSyntax));
}
