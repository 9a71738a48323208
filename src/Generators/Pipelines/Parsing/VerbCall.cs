using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A call of a verb, taken apart.</summary>
/// <param name="operation">The call as the compiler understands it.</param>
/// <param name="syntax">The call as it is written.</param>
internal sealed class VerbCall(IInvocationOperation operation, InvocationExpressionSyntax syntax)
{
    public InvocationExpressionSyntax Syntax { get; } = syntax;

    public string Verb => operation.TargetMethod.Name;

    public IMethodSymbol Method => operation.TargetMethod;

    /// <summary>Gets the node that a person would point at: the verb's name.</summary>
    public SyntaxNode Name => Syntax.Expression is MemberAccessExpressionSyntax access ? access.Name : Syntax;

    /// <summary>Returns the call if it is one of a verb, of <c>Job.From</c>, or of what stands between verbs.</summary>
    public static VerbCall? Of(InvocationExpressionSyntax syntax, SemanticModel model, CancellationToken cancellation) =>
        model.GetOperation(syntax, cancellation) is IInvocationOperation operation
        && operation.TargetMethod.ContainingType?.ToDisplayString() is "Weir.StreamVerbs" or "Weir.Job"
            ? new VerbCall(operation, syntax)
            : null;

    public ITypeSymbol TypeArgument(int index) => Method.TypeArguments[index];

    /// <summary>The verb's method, with its type parameters open.</summary>
    public VerbSignatureModel Signature()
    {
        var method = Method.OriginalDefinition;
        return new VerbSignatureModel
        {
            TypeParameters = new([.. method.TypeParameters.Select(static parameter => parameter.Name)]),
            Returns = method.ReturnType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Receiver = method.Parameters[0].Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Parameters = new([.. method.Parameters.Skip(1).Select(static parameter => new VerbParameterModel
            {
                Type = parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                Name = parameter.Name,
            })]),
        };
    }

    /// <summary>The expression that a parameter was given, or null.</summary>
    public ExpressionSyntax? Argument(string parameter) => operation.Arguments
        .FirstOrDefault(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit)?
        .Syntax switch
    {
        ArgumentSyntax argument => argument.Expression,
        ExpressionSyntax receiver => receiver,
        _ => null,
    };

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

        var others = operation.Arguments.FirstOrDefault(argument => argument.Parameter is { Name: "others" });
        if (others is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer: { } streams } })
        {
            foreach (var stream in streams.ElementValues)
            {
                yield return stream.Syntax as ExpressionSyntax;
            }
        }
        else if (others is not null)
        {
            yield return null;
        }
    }
}
