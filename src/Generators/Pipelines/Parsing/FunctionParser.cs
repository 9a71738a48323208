using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Decides how generated code gets at a function that the user handed to a verb.</summary>
internal static class FunctionParser
{
    /// <summary>Reads a function.</summary>
    /// <param name="argument">The function as it was written.</param>
    /// <param name="model">The semantic model of the user's file.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <param name="whole">What was handed to the verb, if the function is a part of it.</param>
    public static FunctionModel Parse(
        ExpressionSyntax argument, SemanticModel model, CancellationToken cancellation, SyntaxNode? whole = null)
    {
        if (Unwrap(argument) is not AnonymousFunctionExpressionSyntax lambda)
        {
            return StoredLambda(argument, model, cancellation) is { } stored ? OfLambda(stored, argument, model, whole, cancellation)
                : Named(argument, model, whole, cancellation);
        }

        return OfLambda(lambda, argument, model, whole, cancellation);
    }

    private static FunctionModel OfLambda(
        AnonymousFunctionExpressionSyntax lambda,
        ExpressionSyntax argument,
        SemanticModel model,
        SyntaxNode? whole,
        CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol function)
        {
            return Delegate(argument, new Refusal("is not known to the compiler", "write a lambda"));
        }

        if (RefusalOf(lambda) is { } refusal)
        {
            return Delegate(lambda.Body, refusal);
        }

        var captures = new Captures(model, whole ?? lambda, whole ?? argument, cancellation);
        var parser = new BodyParser(model, lambda.Body, function, OwnOf(argument, model, cancellation), captures);
        if (parser.Parse(cancellation) is not { } body)
        {
            return Delegate(lambda.Body, parser.Refusal!);
        }

        return NeedsMethod(lambda, function, model)
            ? new MethodFunctionModel
            {
                Body = body,
                Parameters = ParametersOf(function, isCopied: true),
                MayThrow = Throwing.May(lambda.Body, model),
                Span = SpanOf(lambda.Body),
            }
            : new InlineFunctionModel
            {
                Body = body,
                Parameters = ParametersOf(function, isCopied: false),
                ConvertedTo = ConvertedTo(lambda, function, model),
                MayThrow = Throwing.May(lambda.Body, model),
                Span = SpanOf(lambda.Body),
            };
    }

    // A method by its name, or a local function.
    private static FunctionModel Named(ExpressionSyntax argument, SemanticModel model, SyntaxNode? whole, CancellationToken cancellation)
    {
        var operation = model.GetOperation(Unwrap(argument), cancellation);
        var created = operation as IDelegateCreationOperation ?? operation?.Parent as IDelegateCreationOperation;
        if ((operation as IMethodReferenceOperation ?? created?.Target as IMethodReferenceOperation) is not { } reference
            || created?.Type is not INamedTypeSymbol type)
        {
            return Delegate(argument, new Refusal("is a delegate that comes from elsewhere", "write the lambda where the verb is called"));
        }

        return reference.Method.MethodKind == MethodKind.LocalFunction
            ? OfLocal(reference.Method, argument, type, model, whole, cancellation)
            : new NamedFunctionParser(model, argument, cancellation).Parse(reference, type, isPart: whole is not null);
    }

    private static FunctionModel OfLocal(
        IMethodSymbol function,
        ExpressionSyntax argument,
        INamedTypeSymbol type,
        SemanticModel model,
        SyntaxNode? whole,
        CancellationToken cancellation)
    {
        if (function.DeclaringSyntaxReferences.Length != 1
            || function.DeclaringSyntaxReferences[0].SyntaxTree != argument.SyntaxTree
            || BodyReads.Noted(function.DeclaringSyntaxReferences[0].GetSyntax(cancellation)) is not LocalFunctionStatementSyntax declared
            || ((SyntaxNode?)declared.Body ?? declared.ExpressionBody?.Expression) is not { } body
            || declared.AttributeLists.Count > 0
            || function.IsAsync || function.IsGenericMethod || function.RefKind != RefKind.None || IsIterator(body)
            || body is ThrowExpressionSyntax
            || function.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.GetAttributes().Length > 0)
            || type.DelegateInvokeMethod is not { } invoke
            || !invoke.Parameters.Select(static parameter => parameter.Type)
                .SequenceEqual(function.Parameters.Select(static parameter => parameter.Type), SymbolEqualityComparer.Default)
            || !SymbolEqualityComparer.Default.Equals(invoke.ReturnType, function.ReturnType)
            || IsInCheckedContext(declared))
        {
            return Delegate(argument, new Refusal(
                $"is '{function.Name}', which generated code cannot copy", "write a plain lambda, or a static method"));
        }

        var captures = new Captures(model, whole ?? declared, whole ?? argument, cancellation);
        var parser = new BodyParser(model, body, function, OwnOf(argument, model, cancellation), captures);
        return parser.Parse(cancellation) is not { } parsed ? Delegate(body, parser.Refusal!) : new MethodFunctionModel
        {
            Body = parsed,
            Parameters = ParametersOf(function, isCopied: true),
            MayThrow = Throwing.May(body, model),
            Span = SpanOf(body),
        };
    }

    // A lambda in a local or in a read-only field that nothing else is ever assigned to.
    private static AnonymousFunctionExpressionSyntax? StoredLambda(
        ExpressionSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(Unwrap(argument), cancellation).Symbol;
        if (symbol is not (ILocalSymbol or IFieldSymbol { IsStatic: true, IsReadOnly: true })
            || symbol.DeclaringSyntaxReferences.Length != 1
            || symbol.DeclaringSyntaxReferences[0].SyntaxTree != argument.SyntaxTree
            || BodyReads.Noted(symbol.DeclaringSyntaxReferences[0].GetSyntax(cancellation)) is not VariableDeclaratorSyntax
            {
                Initializer.Value: var value
            } declaration
            || Unwrap(value) is not AnonymousFunctionExpressionSyntax lambda
            || model.GetTypeInfo(value, cancellation).ConvertedType is not { } made
            || !SymbolEqualityComparer.Default.Equals(made, model.GetTypeInfo(argument, cancellation).ConvertedType))
        {
            return null;
        }

        return symbol is IFieldSymbol
            ? symbol.ContainingType.StaticConstructors.All(static constructor => constructor.IsImplicitlyDeclared) ? lambda : null
            : VariableWrites.IsNeverWritten(symbol, declaration, model, cancellation) ? lambda : null;
    }

    private static EquatableArray<ParameterModel> ParametersOf(IMethodSymbol function, bool isCopied, bool isClause = false) =>
        new([.. function.Parameters.Select(parameter => new ParameterModel
        {
            Name = parameter.IsDiscard || !SyntaxFacts.IsValidIdentifier(parameter.Name) ? null : parameter.Name,
            Type = isClause ? null : Reach.NameOf(parameter.Type),
            IsByReference = !isCopied && parameter.Type.IsValueType,
        })]);

    /// <summary>The function of a verb, or of a clause of a query.</summary>
    public static FunctionModel Of(VerbCall call, string parameter, CancellationToken cancellation) =>
        call.Syntax is InvocationExpressionSyntax
            ? call.Argument(parameter) is { } argument ? Parse(argument, call.Model, cancellation)
            : Delegate(call.Name, new Refusal("is not written there", "write a lambda"))
        : call.ClauseFunction(parameter) is { } function && call.ClauseBody(parameter) is { } clause
            ? ParseClause(clause, function, call.Model, cancellation)
        : Delegate(call.Name, new Refusal("takes several variables of a query", "call the verbs"));

    /// <summary>The function that a query makes of a clause: its record is the variable of the query.</summary>
    public static FunctionModel ParseClause(
        ExpressionSyntax clause, IMethodSymbol function, SemanticModel model, CancellationToken cancellation)
    {
        var parser = new BodyParser(
            model, clause, function, OwnOf(clause, model, cancellation), new Captures(model, clause, clause, cancellation));
        return parser.Parse(cancellation) is not { } body ? Delegate(clause, parser.Refusal!)
            : NeedsScope(clause)
                ? new MethodFunctionModel
                {
                    Body = body,
                    Parameters = ParametersOf(function, isCopied: true, isClause: true),
                    MayThrow = Throwing.May(clause, model),
                    Span = SpanOf(clause),
                }
            : new InlineFunctionModel
            {
                Body = body,
                Parameters = ParametersOf(function, isCopied: false, isClause: true),
                ConvertedTo = null,
                MayThrow = Throwing.May(clause, model),
                Span = SpanOf(clause),
            };
    }

    /// <summary>An expression that stands for itself, without parameters; null if it uses what another class cannot reach.</summary>
    public static BodyModel? ParseExpression(
        ExpressionSyntax expression, SemanticModel model, SyntaxNode whole, CancellationToken cancellation) =>
        NeedsScope(expression) ? null : new BodyParser(
            model, expression, function: null, OwnOf(expression, model, cancellation), new Captures(model, whole, whole, cancellation))
            .Parse(cancellation);

    /// <summary>A collector of the private members that an expression uses.</summary>
    public static OwnMembers OwnOf(SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        new(model.Compilation, model.GetEnclosingSymbol(node.SpanStart, cancellation)?.ContainingType, cancellation);

    /// <summary>Whether a body yields its values.</summary>
    public static bool IsIterator(SyntaxNode body) =>
        body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(static node => node is YieldStatementSyntax);

    /// <summary>Whether the body declares something, and so needs a scope of its own.</summary>
    public static bool NeedsScope(SyntaxNode body) =>
        body is BlockSyntax
        || body.DescendantNodesAndSelf().Any(static node =>
            node is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or DeclarationExpressionSyntax
                or SingleVariableDesignationSyntax or StackAllocArrayCreationExpressionSyntax
                or ImplicitStackAllocArrayCreationExpressionSyntax);

    public static LineSpanModel SpanOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetMappedLineSpan();
        return new LineSpanModel
        {
            File = span.HasMappedPath ? FileOf(span.Path, node.SyntaxTree.FilePath) : null,
            StartLine = span.StartLinePosition.Line + 1,
            StartColumn = span.StartLinePosition.Character + 1,
            EndLine = span.EndLinePosition.Line + 1,
            EndColumn = span.EndLinePosition.Character + 1,
        };
    }

    // As the compiler does: from the folder of the file.
    private static string FileOf(string mapped, string file) =>
        Path.IsPathRooted(mapped) || Path.GetDirectoryName(file) is not { Length: > 0 } folder ? mapped : Path.Combine(folder, mapped);

    public static ExpressionSyntax Unwrap(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    private static Refusal? RefusalOf(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.AsyncKeyword != default ? new Refusal("is asynchronous", "make it synchronous")
        : lambda is LambdaExpressionSyntax { AttributeLists.Count: > 0 } ? new Refusal("has attributes", "leave them out")
        : lambda.Body is ThrowExpressionSyntax ? new Refusal("only throws", "throw in a block")
        : IsInCheckedContext(lambda)
            ? new Refusal("stands in 'checked' or 'unchecked'", "write 'checked' or 'unchecked' into the function")
        : null;

    // What the delegate answers is of its type; in place of a call, the expression would be of its own.
    private static string? ConvertedTo(AnonymousFunctionExpressionSyntax lambda, IMethodSymbol function, SemanticModel model) =>
        model.GetTypeInfo(lambda.Body).Type is { } type && SymbolEqualityComparer.Default.Equals(type, function.ReturnType) ? null
            : Reach.NameOf(function.ReturnType);

    private static bool NeedsMethod(AnonymousFunctionExpressionSyntax lambda, IMethodSymbol function, SemanticModel model) =>
        NeedsScope(lambda.Body)
            || NamesItemsItself(lambda)
            || lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => ChangesParameter(name, function, model));

    // In place of a call, the record would have the names that the stream gives to its items.
    private static bool NamesItemsItself(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.ChildNodes().OfType<ParameterListSyntax>()
            .Any(static list => list.DescendantNodes().Any(static node => node is TupleTypeSyntax));

    /// <summary>Whether the use may change the parameter, which in a loop is the record itself and not a copy.</summary>
    private static bool ChangesParameter(IdentifierNameSyntax name, IMethodSymbol function, SemanticModel model)
    {
        if (model.GetSymbolInfo(name).Symbol is not IParameterSymbol parameter
            || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function))
        {
            return false;
        }

        ExpressionSyntax place = name;
        while (true)
        {
            if (place.Parent is ParenthesizedExpressionSyntax
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            {
                place = (ExpressionSyntax)place.Parent;
            }
            else if (place.Parent is MemberAccessExpressionSyntax access && access.Expression == place)
            {
                if (MayMutate(access, model))
                {
                    return true;
                }

                place = access;
            }
            else
            {
                break;
            }
        }

        return place.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == place,
            PrefixUnaryExpressionSyntax prefix =>
                prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            PostfixUnaryExpressionSyntax => true,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => NameSyntaxes.IsAssigned(tuple),
            ArgumentSyntax argument => argument.RefKindKeyword != default,
            ElementAccessExpressionSyntax => model.GetTypeInfo(place).Type is { IsValueType: true },
            RefExpressionSyntax or RangeExpressionSyntax => true,
            _ => false,
        };
    }

    private static bool MayMutate(MemberAccessExpressionSyntax access, SemanticModel model)
    {
        if (model.GetTypeInfo(access.Expression).Type is not { IsValueType: true, IsReadOnly: false })
        {
            return false;
        }

        var symbol = access.Parent is InvocationExpressionSyntax call && call.Expression == access ? model.GetSymbolInfo(call).Symbol
            : model.GetSymbolInfo(access).Symbol;
        return symbol switch
        {
            IMethodSymbol { ReducedFrom: { } whole } => whole.Parameters[0].RefKind == RefKind.Ref,
            IMethodSymbol method => !method.IsReadOnly,
            IPropertySymbol property => property.GetMethod is { IsReadOnly: false },
            _ => false,
        };
    }

    private static bool IsInCheckedContext(SyntaxNode lambda) =>
        lambda.Ancestors().Any(static outer => outer is CheckedStatementSyntax or CheckedExpressionSyntax);

    /// <summary>A function whose delegate is called.</summary>
    public static DelegateFunctionModel Delegate(SyntaxNode node, Refusal refusal) =>
        new() { Span = SpanOf(node), Why = refusal.Why, Cure = refusal.Cure };
}
