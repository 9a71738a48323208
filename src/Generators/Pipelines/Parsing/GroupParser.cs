using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Reads <c>Aggregate(g => …)</c>: finds an accumulator that answers every LINQ call on the group, or says why there is none.
/// </summary>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="lambda">The user's function.</param>
/// <param name="record">The records of the group.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class GroupParser(SemanticModel model, LambdaExpressionSyntax lambda, ITypeSymbol record, CancellationToken cancellation)
{
    private readonly GroupFields _fields = new();
    private readonly Dictionary<SyntaxNode, string> _replaced = [];

    /// <summary>Gets why the group must be buffered.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>Gets where in the user's file the reason stands.</summary>
    public SyntaxNode RefusalAt { get; private set; } = lambda;

    public AggregateModel? Parse()
    {
        if (model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol { Parameters.Length: 1 } function
            || lambda.Body is ThrowExpressionSyntax)
        {
            return Refuse("the function is not a plain lambda", lambda);
        }

        var group = function.Parameters[0];
        foreach (var name in lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => IsGroup(name, group))
            .ToArray())
        {
            if (!ReadUse(name))
            {
                return null;
            }
        }

        var parameters = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        var rewriter = new BodyRewriter(model, lambda.Body, parameters, _replaced);
        if (rewriter.Rewrite(cancellation) is not { } text)
        {
            return Refuse($"the result {rewriter.Refusal}", lambda);
        }

        var isBlock = lambda.Body is BlockSyntax;
        var result = new FunctionModel
        {
            Kind = isBlock ? FunctionKind.Method : FunctionKind.Inline,
            Text = text,
            Parameters = default,
            Span = FunctionParser.SpanOf(lambda.Body),
        };
        return new AggregateModel(
            AggregateKind.Group, Reach.NameOf(record), "", "", "", _fields.Fields, _fields.Updates, _fields.Merges, result);
    }

    private bool IsGroup(IdentifierNameSyntax name, IParameterSymbol group) =>
        SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, group);

    private bool ReadUse(IdentifierNameSyntax name)
    {
        if (name.Ancestors().TakeWhile(outer => outer != lambda)
            .FirstOrDefault(outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) is { } nested)
        {
            return Fail("the group is used inside another function", nested);
        }

        if (name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name)
        {
            return Fail($"'{name.Identifier.Text}' is used as a whole", name.Parent ?? name);
        }

        if (access.Parent is not InvocationExpressionSyntax call || call.Expression != access)
        {
            return ReadProperty(access);
        }

        return ReadChain(call);
    }

    private bool ReadProperty(MemberAccessExpressionSyntax access)
    {
        if (access.Name.Identifier.Text is not ("Key" or "Window"))
        {
            return Fail($"'{access}' is not Key, Window or a LINQ call", access);
        }

        _replaced[access] = access.Name.Identifier.Text == "Key" ? "__key" : "__window";
        return true;
    }

    private bool ReadChain(InvocationExpressionSyntax call)
    {
        var chain = new GroupChain(default, Reach.NameOf(record));
        var element = record;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (LinqMethod(call) is not { } method)
            {
                return Fail($"'{NameOf(call)}' is not a LINQ call that can be computed record by record", call);
            }

            if (method.Name is not ("Where" or "Select" or "Distinct"))
            {
                return Finish(call, method, chain, element);
            }

            if (call.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access
                || access.Expression != call)
            {
                return Fail($"the result of '{method.Name}' is used as a whole", call);
            }

            if (method.Name == "Distinct")
            {
                return FinishDistinct(call, next, method, chain);
            }

            if (method.Parameters.Length != 1 || Function(call, 0, method, arity: 1) is not { } function)
            {
                return Refused(call, method);
            }

            element = method.Name == "Select" ? method.TypeArguments[1] : element;
            chain = chain.Then(method.Name == "Where", function, method.Name == "Select" ? Reach.NameOf(element) : chain.Element);
            call = next;
        }
    }

    private bool FinishDistinct(
        InvocationExpressionSyntax distinct, InvocationExpressionSyntax next, IMethodSymbol method, GroupChain chain)
    {
        if (method.Parameters.Length != 0 || chain.Element.Length == 0
            || LinqMethod(next) is not { Name: "Count" or "LongCount", Parameters.Length: 0 } count)
        {
            return Fail("'Distinct' is computed record by record only as Distinct().Count()", distinct);
        }

        var set = GroupCalls.Distinct(_fields, chain);
        _replaced[next] = count.Name == "Count" ? $"{set}.Count" : $"(long){set}.Count";
        return true;
    }

    private bool Finish(InvocationExpressionSyntax call, IMethodSymbol method, GroupChain chain, ITypeSymbol element)
    {
        var arguments = method.Parameters.Length;
        if (method.Name == "Aggregate")
        {
            return FinishFold(call, method, chain);
        }

        if (arguments > 1)
        {
            return Refused(call, method);
        }

        FunctionModel? function = null;
        var answer = element;
        if (arguments == 1)
        {
            if (Function(call, 0, method, arity: 1) is not { } parsed)
            {
                return Refused(call, method);
            }

            function = parsed;
            answer = ((INamedTypeSymbol)method.Parameters[0].Type).TypeArguments[1];
        }

        if (Accessor(method.Name, chain, element, function, answer) is not { } accessor)
        {
            return Refused(call, method);
        }

        _replaced[call] = accessor;
        return true;
    }

    private string? Accessor(string name, GroupChain chain, ITypeSymbol element, FunctionModel? function, ITypeSymbol answer)
    {
        var filtered = function is null ? chain : chain.Then(isFilter: true, function, chain.Element);
        var selected = function is null ? chain : chain.Then(isFilter: false, function, Reach.NameOf(answer));
        var isNamed = selected.Element.Length > 0;
        switch (name)
        {
            case "Count":
                return $"checked((int){GroupCalls.Count(_fields, filtered)})";
            case "LongCount":
                return GroupCalls.Count(_fields, filtered);
            case "Any":
                return GroupCalls.Any(_fields, filtered);
            case "All" when function is not null:
                var negated = function.Kind == FunctionKind.Inline ? function with { Text = $"!({function.Text})" } : null;
                return negated is null ? null : $"(!{GroupCalls.Any(_fields, chain.Then(isFilter: true, negated, chain.Element))})";
            case "Sum":
                return GroupCalls.Sum(_fields, selected, answer);
            case "Average":
                return GroupCalls.Average(_fields, selected, answer);
            case "Min" or "Max" when isNamed:
                return GroupCalls.Extreme(_fields, selected, answer, name == "Max");
            case "MinBy" or "MaxBy" when function is not null && isNamed && chain.Element.Length > 0:
                return GroupCalls.ExtremeBy(_fields, chain, element, function, answer, Reach.NameOf(answer), name == "MaxBy");
            case "First" or "FirstOrDefault" or "Last" or "LastOrDefault" when filtered.Element.Length > 0 && answer.SpecialType is var _:
                return GroupCalls.End(
                    _fields, filtered, name.StartsWith("Last", StringComparison.Ordinal),
                    name.EndsWith("Default", StringComparison.Ordinal));
            default:
                return null;
        }
    }

    private bool FinishFold(InvocationExpressionSyntax call, IMethodSymbol method, GroupChain chain)
    {
        if (method.Parameters.Length is not (2 or 3)
            || Reach.NameOf(method.TypeArguments[1]) is not { Length: > 0 } type
            || Function(call, 1, method, arity: 2) is not { } fold)
        {
            return Refused(call, method);
        }

        var seed = new BodyRewriter(
            model, call.ArgumentList.Arguments[0].Expression, new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default),
            new Dictionary<SyntaxNode, string>())
            .Rewrite(cancellation);
        if (seed is null || FunctionParser.NeedsScope(call.ArgumentList.Arguments[0].Expression))
        {
            return Refused(call, method);
        }

        var folded = GroupCalls.Fold(_fields, chain, type, seed, fold);
        if (method.Parameters.Length == 3)
        {
            if (Function(call, 2, method, arity: 1) is not { Kind: FunctionKind.Inline } result
                || Reach.NameOf(method.TypeArguments[2]) is not { Length: > 0 } resultType)
            {
                return Refused(call, method);
            }

            folded = $"(({resultType})({result.Text!.Replace(Placeholder.Of(0), folded)}))";
        }

        _replaced[call] = folded;
        return true;
    }

    private FunctionModel? Function(InvocationExpressionSyntax call, int argument, IMethodSymbol method, int arity)
    {
        if (method.Parameters[argument].Type is not INamedTypeSymbol { Name: "Func" } type
            || type.TypeArguments.Length != arity + 1
            || call.ArgumentList.Arguments[argument] is not { NameColon: null } syntax)
        {
            return null;
        }

        var function = FunctionParser.Parse(syntax.Expression, model, cancellation);
        return function.Kind == FunctionKind.Delegate
            || (function.Kind == FunctionKind.Method && type.TypeArguments.Any(part => Reach.NameOf(part).Length == 0))
            ? null
            : function;
    }

    private IMethodSymbol? LinqMethod(InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ReducedFrom: { } whole } method
            && whole.ContainingType.ToDisplayString() == "System.Linq.Enumerable"
            ? method
            : null;

    private static string NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.Text : call.Expression.ToString();

    private bool Refused(InvocationExpressionSyntax call, IMethodSymbol method) =>
        Fail($"this form of '{method.Name}' cannot be computed record by record, or its function uses something outside it", call);

    private bool Fail(string why, SyntaxNode at)
    {
        Refuse(why, at);
        return false;
    }

    private AggregateModel? Refuse(string why, SyntaxNode at)
    {
        Refusal = why;
        RefusalAt = at;
        return null;
    }
}
