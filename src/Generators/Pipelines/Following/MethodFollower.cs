using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Follows streams into helper methods, local functions and lambdas, and out of them.</summary>
/// <param name="follower">What is followed.</param>
internal sealed class MethodFollower(Follower follower)
{
    private readonly Stack<IMethodSymbol> _active = [];
    private readonly HashSet<ISymbol> _escaped = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _reassigned = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _called = [];
    private StreamValue? _returned;
    private bool _isInFunction;

    /// <summary>Gets the methods and local functions that were followed.</summary>
    public IEnumerable<SyntaxNode> Entered => _called;

    /// <summary>Whether a lambda is an expression tree.</summary>
    public static bool IsTree(AnonymousFunctionExpressionSyntax function, SemanticModel model, CancellationToken cancellation) =>
        model.GetTypeInfo(function, cancellation).ConvertedType is { Name: "Expression", ContainingNamespace: { Name: "Expressions" } };

    /// <summary>Follows the method that it begins with.</summary>
    public void FollowRoot(SyntaxNode declaration)
    {
        FindEscaped(declaration);
        if (declaration is CompilationUnitSyntax unit)
        {
            foreach (var statement in unit.Members.OfType<GlobalStatementSyntax>())
            {
                follower.Statements.Follow(statement.Statement);
            }
        }
        else
        {
            if (follower.Model.GetDeclaredSymbol(declaration, follower.Cancellation) is IMethodSymbol method)
            {
                _active.Push(method);
            }

            FollowBody(declaration);
        }

        FollowUncalled(declaration);
    }

    /// <summary>What a variable may hold where we are.</summary>
    public StreamValue? Holds(ISymbol variable) =>
        !_escaped.Contains(variable) && !(_isInFunction && _reassigned.Contains(variable)) ? follower.Now?[variable]
        : StreamTypes.IsStream((variable as ILocalSymbol)?.Type ?? (variable as IParameterSymbol)?.Type) ? StreamValue.Unknown
        : null;

    /// <summary>Follows an answer of the method that is being followed.</summary>
    public void Return(ExpressionSyntax? expression)
    {
        if (follower.Expressions.Follow(expression) is not { } value)
        {
            _returned = _returned is null || expression is null ? _returned : _returned.Or(StreamValue.Unknown);
            return;
        }

        if (follower.Context == 0)
        {
            // Whoever called the pipeline may use it.
            follower.Stray(expression!, value);
        }

        _returned = _returned is null ? value : _returned.Or(value);
    }

    /// <summary>Follows a call of something that is no verb.</summary>
    public StreamValue? FollowCall(InvocationExpressionSyntax call)
    {
        var method = follower.Model.GetSymbolInfo(call, follower.Cancellation).Symbol as IMethodSymbol;
        var whole = method?.ReducedFrom ?? method;
        if (whole is null || !StreamTypes.AreIn(whole) || BodyOf(whole) is not { } declaration)
        {
            UseReceiver(call);
            follower.Expressions.UseChildren(call.ArgumentList);
            ForgetReferences(call);
            if (whole is { MethodKind: MethodKind.Ordinary } && StreamTypes.AreIn(whole) && IsOpen(whole))
            {
                follower.Open.Add((call, whole.Name));
            }

            return StreamTypes.IsStream(method?.ReturnType) ? StreamValue.Unknown : null;
        }

        var given = Arguments(call, method!, whole);
        if (_active.Contains(whole, SymbolEqualityComparer.Default) || !follower.HasRoom)
        {
            foreach (var (expression, value) in given.Select(static pair => pair.Value).Where(static pair => pair.Value is not null))
            {
                follower.Stray(expression, value!);
            }

            return StreamTypes.IsStream(whole.ReturnType) ? StreamValue.Unknown : null;
        }

        return Enter(call, whole, declaration, given);
    }

    /// <summary>Follows a lambda that is handed to something else than a verb: it may run at any time, and any number of times.</summary>
    public void FollowFunction(AnonymousFunctionExpressionSyntax function)
    {
        if (IsTree(function, follower.Model, follower.Cancellation))
        {
            // It is data: who makes a delegate of it calls the verbs past all interceptors.
            return;
        }

        var (before, loops, returned, isInFunction) = (follower.Now, follower.Loops, _returned, _isInFunction);
        (follower.Loops, _isInFunction) = (loops.Add(function), true);
        if (function.Body is BlockSyntax block)
        {
            follower.Statements.Follow(block);
        }
        else
        {
            follower.Expressions.Use(function.Body as ExpressionSyntax);
        }

        (follower.Now, follower.Loops, _returned, _isInFunction) = (before, loops, returned, isInFunction);
    }

    private StreamValue? Enter(
        SyntaxNode call,
        IMethodSymbol method,
        SyntaxNode declaration,
        List<KeyValuePair<IParameterSymbol, (ExpressionSyntax Expression, StreamValue? Value)>> given)
    {
        var context = follower.ContextOf(call);
        var (outer, model, before, returned) = (follower.Context, follower.Model, follower.Now, _returned);
        (follower.Context, follower.Model, _returned) = (context, follower.ModelOf(declaration.SyntaxTree), null);
        _active.Push(method);
        FindEscaped(declaration);
        foreach (var parameter in method.Parameters)
        {
            var value = given.FirstOrDefault(pair => SymbolEqualityComparer.Default.Equals(pair.Key, parameter)).Value.Value;
            follower.Expressions.Assign(parameter, value ?? (StreamTypes.IsStream(parameter.Type) ? StreamValue.Unknown : null));
        }

        _called.Add(declaration);
        follower.Files.Add(declaration.SyntaxTree);
        FollowBody(declaration);
        FollowUncalled(declaration);
        _active.Pop();
        var answer = _returned ?? (StreamTypes.IsStream(method.ReturnType) ? StreamValue.Unknown : null);

        // What a local function assigned to variables around it stays assigned.
        var isLocal = method.MethodKind == MethodKind.LocalFunction;
        follower.Now = isLocal ? Variables.Join(follower.Now, before) : before;
        (follower.Context, follower.Model, _returned) = (outer, model, returned);
        return answer;
    }

    private void FollowBody(SyntaxNode declaration)
    {
        var (block, expression) = declaration switch
        {
            MethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            BaseMethodDeclarationSyntax other => (other.Body, other.ExpressionBody?.Expression),
            AccessorDeclarationSyntax accessor => (accessor.Body, accessor.ExpressionBody?.Expression),
            PropertyDeclarationSyntax property => (null, property.ExpressionBody?.Expression),
            _ => (null, null),
        };
        follower.Statements.Follow(block);
        if (expression is not null)
        {
            Return(expression);
        }
    }

    // A local function that nobody calls by name may be called by way of a delegate.
    private void FollowUncalled(SyntaxNode declaration)
    {
        foreach (var local in declaration.DescendantNodes().OfType<LocalFunctionStatementSyntax>()
            .Where(local => local.SyntaxTree == follower.Model.SyntaxTree && _called.Add(local)))
        {
            var (before, loops, returned) = (follower.Now, follower.Loops, _returned);
            follower.Now = (before ?? Variables.Empty).Forget();
            follower.Loops = loops.Add(local);
            FollowBody(local);
            (follower.Now, follower.Loops, _returned) = (before, loops, returned);
        }
    }

    private List<KeyValuePair<IParameterSymbol, (ExpressionSyntax Expression, StreamValue? Value)>> Arguments(
        InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol whole)
    {
        var given = new List<KeyValuePair<IParameterSymbol, (ExpressionSyntax, StreamValue?)>>();
        var first = 0;
        if (method.ReducedFrom is not null)
        {
            first = 1;
            if (ReceiverOf(call) is { } receiver)
            {
                given.Add(new(whole.Parameters[0].OriginalDefinition, (receiver, follower.Expressions.Follow(receiver))));
            }
        }
        else
        {
            UseReceiver(call);
        }

        for (var i = 0; i < call.ArgumentList.Arguments.Count; i++)
        {
            var argument = call.ArgumentList.Arguments[i];
            var parameter = argument.NameColon is { } name
                ? whole.Parameters.FirstOrDefault(candidate => candidate.Name == name.Name.Identifier.ValueText)
                : whole.Parameters.ElementAtOrDefault(Math.Min(i + first, whole.Parameters.Length - 1));
            if (parameter is { IsParams: false, RefKind: RefKind.None or RefKind.In } && StreamTypes.IsStream(parameter.Type))
            {
                given.Add(new(parameter.OriginalDefinition, (argument.Expression, follower.Expressions.Follow(argument.Expression))));
            }
            else
            {
                follower.Expressions.Use(argument.Expression);
            }
        }

        ForgetReferences(call);
        return given;
    }

    // Which method runs is known only when the pipeline is built.
    private static bool IsOpen(IMethodSymbol method) =>
        method.IsAbstract || ((method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed);

    private SyntaxNode? BodyOf(IMethodSymbol method)
    {
        method = (method.PartialImplementationPart ?? method).OriginalDefinition;
        if (IsOpen(method) || method.IsAsync || method.DeclaringSyntaxReferences.Length != 1
            || TypeNames.Attribute(method, "Weir.PipelineAttribute") is not null)
        {
            return null;
        }

        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax(follower.Cancellation);
        BodyReads.Note(declaration);
        return declaration is MethodDeclarationSyntax { Body: not null } or MethodDeclarationSyntax { ExpressionBody: not null }
            or LocalFunctionStatementSyntax
            && !declaration.DescendantNodes().OfType<YieldStatementSyntax>().Any()
            ? declaration
            : null;
    }

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault()?.Expression,
        _ => null,
    };

    private void UseReceiver(InvocationExpressionSyntax call)
    {
        if (call.Expression is MemberAccessExpressionSyntax access)
        {
            follower.Expressions.Use(access.Expression);
        }
        else if (call.Expression is not SimpleNameSyntax)
        {
            follower.Expressions.UseChildren(call.Expression);
        }
    }

    private void ForgetReferences(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments.Where(static argument => argument.RefKindKeyword != default))
        {
            foreach (var node in argument.Expression.DescendantNodesAndSelf())
            {
                var variable = node switch
                {
                    IdentifierNameSyntax => follower.Model.GetSymbolInfo(node, follower.Cancellation).Symbol,
                    SingleVariableDesignationSyntax => follower.Model.GetDeclaredSymbol(node, follower.Cancellation),
                    _ => null,
                };
                follower.Expressions.Assign(variable is ILocalSymbol or IParameterSymbol ? variable : null, null);
            }
        }
    }

    // A variable that a lambda assigns, or that a reference is taken of, may change at any time; one that is assigned at all may have
    // changed when a lambda looks.
    private void FindEscaped(SyntaxNode declaration)
    {
        foreach (var name in declaration.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            var isWritten = name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name;
            if ((isWritten || name.Parent is RefExpressionSyntax)
                && follower.ModelOf(declaration.SyntaxTree).GetSymbolInfo(name, follower.Cancellation).Symbol is { } variable
                && variable is ILocalSymbol or IParameterSymbol)
            {
                _reassigned.Add(variable);
                if (!isWritten || name.Ancestors().TakeWhile(outer => outer != declaration)
                    .Any(static outer => outer is AnonymousFunctionExpressionSyntax))
                {
                    _escaped.Add(variable);
                }
            }
        }
    }
}
